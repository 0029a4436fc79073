//! What is drawn: components, one page per route, and the app around them. Computes nothing.

#![allow(
    missing_docs,
    reason = "a property of a component is documented where its name does not say what it is"
)]

pub mod app;
pub mod components;
pub mod context;
pub mod navigation;
pub mod pages;
