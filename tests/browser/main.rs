//! End-to-end tests: the built dashboard in Chromium, behind the nginx configuration that Almanac ships.

mod hosting;
mod measures;
mod start;
mod support;
