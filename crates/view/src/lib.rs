//! Owns what people read: the briefing, comparisons, timelines, tables of records – as text, Markdown and HTML. Pure
//! functions; knows no terminal, no server and no store.
//!
//! A view is a [`Page`]: sections of lines and tables whose every statement carries [`Reference`]s to the exact words
//! it rests on. The three renderers show the same page.

mod brief;
mod compare;
mod fold;
mod footer;
mod forces;
mod held;
mod html;
mod markdown;
mod page;
mod phrase;
mod sources;
mod statements;
mod text;

pub use brief::{brief, part};
pub use compare::comparison_page;
pub use forces::figures_page;
pub use held::Held;
pub use html::html;
pub use markdown::markdown;
pub use page::{Cell, Item, Line, Page, Reference, Run, Section, Table};
pub use text::{Style, text};
