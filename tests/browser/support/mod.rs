//! What the browser tests stand on: a web server, a browser, and faults between the two, all ended with the test.

mod accessibility;
mod browser;
mod chromium;
mod faults;
mod nginx;
mod process;
#[path = "../../publish/support/ten_years.rs"]
pub mod ten_years;
mod view;

pub use browser::Browser;
pub use faults::Fault;
pub use nginx::Hosting;
pub use view::View;
