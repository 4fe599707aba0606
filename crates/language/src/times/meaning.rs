//! What a time expression says before it is set against a calendar.

use demarche_pack::times::{DayPart, Modifier, Season, Unit, Vague};

/// The word that places a unit or a name of the calendar: "last", "next", "that".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Frame {
    /// None.
    #[default]
    Bare,
    /// "the".
    The,
    /// "this", "current".
    This,
    /// "last", "past".
    Last,
    /// "next", "coming".
    Next,
    /// "previous".
    Previous,
    /// "following", "the next" in a narrative.
    Following,
    /// "that".
    That,
    /// "the same".
    Same,
    /// "latest".
    Latest,
}

/// A year as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum YearPart {
    /// Four digits, or words.
    Year(i32),
    /// Two digits: '98.
    Short(u8),
    /// First year of ten; without its century if below 100.
    Decade(i32),
    /// Number of a century: 20 for the twentieth.
    Century(i32),
}

/// A time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Clock {
    pub(super) hour: u8,
    pub(super) minute: Option<u8>,
    /// Minutes east of Greenwich.
    pub(super) zone: Option<i16>,
}

/// A time in the calendar, as far as it is spelt out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Calendar {
    pub(super) bc: bool,
    pub(super) year: Option<YearPart>,
    pub(super) half: Option<u8>,
    pub(super) quarter: Option<u8>,
    pub(super) season: Option<Season>,
    pub(super) month: Option<u8>,
    pub(super) day: Option<u8>,
    pub(super) weekday: Option<u8>,
    pub(super) named: Option<u16>,
    pub(super) part: Option<DayPart>,
    pub(super) clock: Option<Clock>,
    /// A unit placed by `frame`: "last week"; or the unit around a day: "the week of March 6".
    pub(super) grain: Option<Unit>,
    /// Days from today.
    pub(super) day_shift: Option<i8>,
    pub(super) frame: Frame,
    /// The whole that this is part of: "January of last year".
    pub(super) outer: Option<Box<Meaning>>,
    /// Day and month may be the other way round: 03/04/2022.
    pub(super) swappable: bool,
    /// Spelt out but not in any calendar: 31 February.
    pub(super) impossible: bool,
}

/// How many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Amount {
    /// Whole number, and true if a half is added.
    Exact(u32, bool),
    /// Whole number and tenths: "2.5".
    Tenths(u32, u8),
    /// "few", "several", or a bare plural.
    Vague,
}

/// A length of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Length {
    pub(super) amount: Amount,
    pub(super) unit: Unit,
    /// Larger unit named after a smaller one: "days or weeks".
    pub(super) or_unit: Option<Unit>,
    /// True if the length lies before or after the time of writing: "the last few hours".
    pub(super) frame: Frame,
}

/// From where a shift counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// The day of writing: "ago".
    Writing,
    /// The time last told of: "later", "earlier".
    Told,
}

/// What an expression says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A time in the calendar.
    Calendar(Calendar),
    /// So long before or after another time.
    Shift {
        /// How far.
        length: Length,
        /// True for "later", "from now".
        ahead: bool,
        /// From where.
        origin: Origin,
    },
    /// A length.
    Length(Length),
    /// A repeated time with its TIMEX3 value.
    Set(String),
    /// A vague time.
    Vague(Vague),
}

/// An expression as the grammar found it.
#[derive(Clone, Debug)]
pub(super) struct Expression {
    /// First token.
    pub(super) from: usize,
    /// One past the last token.
    pub(super) to: usize,
    pub(super) meaning: Meaning,
    pub(super) modifier: Option<Modifier>,
}

impl Calendar {
    /// True if nothing but a year (or more) is said.
    pub(super) fn is_year_or_longer(&self) -> bool {
        self.month.is_none()
            && self.day.is_none()
            && self.weekday.is_none()
            && self.named.is_none()
            && self.season.is_none()
            && self.quarter.is_none()
            && self.part.is_none()
            && self.clock.is_none()
            && self.day_shift.is_none()
    }

    /// True if the year is spelt out with all its digits.
    pub(super) fn has_year(&self) -> bool {
        matches!(self.year, Some(YearPart::Year(_) | YearPart::Short(_)))
    }
}
