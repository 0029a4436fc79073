//! The parts that pages are made of.

pub mod build_links;
pub mod chart;
pub mod copy_button;
pub mod diff_view;
pub mod footer;
pub mod header;
pub mod key_figures;
pub mod keys;
pub mod loaded;
pub mod long_table;
pub mod part;
pub mod save;
pub mod search_box;
pub mod share_bar;
pub mod share_menu;
pub mod theme_button;
pub mod verdict;
pub mod window_rows;
