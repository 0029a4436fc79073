//! End-to-end tests: the built dashboard in Chromium, behind the nginx configuration that Almanac ships.

mod budget;
mod changes;
mod diff;
mod evidence;
mod faults;
mod hosting;
mod large_diff;
mod measures;
mod packages;
mod routes;
mod snapshots;
mod start;
mod support;
