//! End-to-end tests: the built dashboard in Chromium, behind the nginx configuration that Almanac ships.

mod budget;
mod builds;
mod changes;
mod deviations;
mod diff;
mod evidence;
mod faults;
mod hosting;
mod large_diff;
mod measures;
mod packages;
mod patch;
mod progress;
mod repositories;
mod routes;
mod security;
mod snapshots;
mod start;
mod support;
