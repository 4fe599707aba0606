//! Owns the vocabulary of the ledger as plain data: documents, records of six kinds, and what is built across
//! documents. Knows no storage and no wire format; the `wire` room writes these types as JSON.
//!
//! Every assertion points at its words: see [`Words`] and [`Words::holds`].

mod across;
mod calendar;
mod common;
mod document;
mod edtf;
mod kinds;
mod plover;

pub use across::*;
pub use calendar::*;
pub use common::*;
pub use document::*;
pub use edtf::*;
pub use kinds::*;
pub use plover::*;

/// Declares an enum whose variants have one fixed name each on the wire and for people, with `ALL`, `as_str`,
/// `parse` and `Display`. Other rooms use it for vocabularies of their own.
#[macro_export]
macro_rules! names_of_kinds {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $text:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$doc])* $variant,)+ }

        impl $name {
            /// All values in their order of declaration.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The name used on the wire and for people.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)+ }
            }

            /// Reads the name that [`Self::as_str`] gives.
            pub fn parse(name: &str) -> Option<Self> {
                match name { $($text => Some(Self::$variant),)+ _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }
    };
}
pub(crate) use names_of_kinds as names;
