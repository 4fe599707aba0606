//! Finds time expressions and sets them against the calendar: TIMEX3 spans, types, values and modifiers, with the
//! EDTF date beside them.
//!
//! Three steps: [`scan`] makes tokens, [`grammar`] finds expressions and what they say, [`resolve`] gives them a
//! value from the day of writing, the time last told of and the tense. Nothing here knows today's date: a text
//! without a date keeps `XXXX` where the year is not decided.

mod clause;
mod epoch;
mod grammar;
mod horizon;
mod meaning;
mod resolve;
mod scan;
mod setting;
mod tense;
mod value;

pub(crate) use epoch::OLDEST_NEWS;

use crate::{Analysis, TimeExpression, TimeKind};
use demarche_pack::Pack;
use demarche_pack::times::{Modifier, Role, Times};
use demarche_record::{Basis, Day, Edtf, Epoch, Notice, PublishedBasis};
use meaning::{Calendar, Expression, Frame, Meaning};
use resolve::{Reading, Resolver};
use scan::Tokens;
use setting::Story;
use tense::Direction;

/// What the recogniser needs of a document.
#[derive(Clone, Copy, Debug)]
pub struct TimeInput<'a> {
    /// Canonical text; blank lines separate paragraphs.
    pub text: &'a str,
    /// Further places where a paragraph begins: first bytes of blocks, ascending.
    pub breaks: &'a [usize],
    /// Day of publication: a day, an interval, or unknown.
    pub published: Option<&'a Edtf>,
    /// Trees of the same text, if there are any: they show the verb that governs a time.
    pub trees: Option<&'a Analysis>,
    /// True if 03/04/2022 is 3 April where the text was published; `None` if that is not known.
    pub day_first: Option<bool>,
}

/// A time expression with byte offsets into the text.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundTime {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// TIMEX3 type.
    pub kind: TimeKind,
    /// TIMEX3 value.
    pub value: String,
    /// TIMEX3 modifier.
    pub modifier: Option<Modifier>,
    /// The date it denotes.
    pub edtf: Option<Edtf>,
    /// How the date was found.
    pub basis: Basis,
    /// Which age it belongs to.
    pub epoch: Epoch,
    /// The interval that a forecast would cover.
    pub horizon: Option<Edtf>,
    /// What is wrong with it; it then has no value.
    pub fault: Option<TimeFault>,
}

/// Why a spelt-out date has no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeFault {
    /// 31 February.
    Impossible,
    /// 03/04/2022 where the order of day and month is not known.
    Ambiguous,
}

/// The time expressions of a document, in text order.
pub fn find_times(analysis: &Analysis, pack: &Pack) -> Vec<TimeExpression> {
    read_times(analysis, pack).0
}

/// The time expressions of a document, and a notice for each date that cannot be.
pub fn read_times(analysis: &Analysis, pack: &Pack) -> (Vec<TimeExpression>, Vec<Notice>) {
    let document = &analysis.document;
    let text = document.text.as_str();
    let inferred = if document.published.edtf.is_none() {
        crate::published::bounds_of(text, &pack.times).edtf
    } else {
        None
    };
    let filed = filed(analysis, pack);
    let published = filed.as_ref().or(document.published.edtf.as_ref()).or(inferred.as_ref());
    let breaks: Vec<usize> = document.blocks.iter().map(|block| block.span.start()).collect();
    let country = document.outlet_actor.as_ref().and_then(|outlet| pack.world.codes(outlet, None).country);
    let day_first = country.and_then(|country| pack.times.day_first(&country));
    let input = TimeInput { text, breaks: &breaks, published, trees: Some(analysis), day_first };
    let mut times = Vec::new();
    let mut notices = Vec::new();
    for found in recognise(input, &pack.times) {
        let Some(span) = document.text.span(found.start, found.end) else { continue };
        if let Some(fault) = found.fault {
            notices.push(fault.notice(document.text.slice(span), span));
            continue;
        }
        times.push(TimeExpression {
            span,
            kind: found.kind,
            value: found.value,
            modifier: found.modifier.map(|it| it.as_str().to_owned()),
            edtf: found.edtf,
            basis: found.basis,
            epoch: found.epoch,
            horizon: found.horizon,
        });
    }
    (times, notices)
}

/// Days from the filing of a report to its publication.
const LATE: i32 = 3;

/// The day that a dateline gives where the text was published some days later: "today" is the day of filing.
fn filed(analysis: &Analysis, pack: &Pack) -> Option<Edtf> {
    let published = &analysis.document.published;
    let known = matches!(published.basis, PublishedBasis::Metadata | PublishedBasis::Declared);
    let printed = published.evidence.first().filter(|_| known)?;
    let day = |edtf: &Edtf| edtf.bounds().filter(|days| days.len() == Some(1))?.first;
    let input = TimeInput {
        text: &printed.text,
        breaks: &[],
        published: published.edtf.as_ref(),
        trees: None,
        day_first: None,
    };
    let dates: Vec<Edtf> = recognise(input, &pack.times).into_iter().filter_map(|time| time.edtf).collect();
    let [date] = dates.as_slice() else { return None };
    let late = day(date)?.days_to(published.edtf.as_ref().and_then(day)?);
    (1..=LATE).contains(&late).then(|| date.clone())
}

impl TimeFault {
    fn notice(self, words: &str, span: demarche_text::Span) -> Notice {
        let (code, message) = match self {
            Self::Impossible => {
                ("impossible-date", format!("{words:?} is no date of the calendar; it was given no value."))
            }
            Self::Ambiguous => (
                "ambiguous-date",
                format!(
                    "{words:?} may be day first or month first; give the outlet's country to decide. It was given no value."
                ),
            ),
        };
        Notice { code: code.to_owned(), message, span: Some(span) }
    }
}

/// The time expressions of a text, in text order. Needs no trees; the direction comes from the nearest verbs.
pub fn recognise(input: TimeInput<'_>, pack: &Times) -> Vec<FoundTime> {
    let tokens = Tokens::of(input.text, input.breaks, pack);
    let writing = writing(input.published);
    let first = writing.first();
    let story = Story::of(&tokens, first, input.trees);
    let mut expressions = grammar::read(&tokens, story.narrative);
    let faults: Vec<Option<TimeFault>> =
        expressions.iter_mut().map(|it| settle_order(it, input.day_first)).collect();
    let resolver = Resolver { pack };
    let read = |day: Option<Day>| story.readings(&tokens, &expressions, &resolver, day);
    let readings: Vec<Reading> = match writing {
        Writing::Unknown => read(None),
        Writing::Day(day) => read(Some(day)),
        Writing::Between(first, last) => {
            read(Some(first)).into_iter().zip(read(Some(last))).map(|(one, two)| common(one, two)).collect()
        }
        Writing::Yearless(one, two) => {
            let pairs = read(Some(one)).into_iter().zip(read(Some(two)));
            pairs.zip(read(None)).map(|((one, two), none)| without_year(one, two, none)).collect()
        }
    };
    let epochs = epoch::of(&tokens, &expressions, &readings, first);
    let parts = expressions.iter().zip(readings).zip(epochs).zip(faults);
    parts
        .map(|(((expression, reading), epoch), fault)| {
            let horizon = horizon::of(&tokens, expression, first);
            found(&tokens, expression, reading, epoch, horizon, fault)
        })
        .collect()
}

fn found(
    tokens: &Tokens<'_>,
    expression: &Expression,
    reading: Reading,
    epoch: Epoch,
    horizon: Option<Edtf>,
    fault: Option<TimeFault>,
) -> FoundTime {
    let kind = match &expression.meaning {
        Meaning::Calendar(calendar) if calendar.clock.is_some() || calendar.part.is_some() => TimeKind::Time,
        Meaning::Calendar(_) | Meaning::Shift { .. } | Meaning::Vague(_) => TimeKind::Date,
        Meaning::Length(_) => TimeKind::Duration,
        Meaning::Set(_) => TimeKind::Set,
    };
    FoundTime {
        start: tokens.all[expression.from].start as usize,
        end: tokens.all[expression.to - 1].end as usize,
        kind,
        value: if fault.is_some() { String::new() } else { reading.value },
        modifier: expression.modifier,
        edtf: reading.edtf.filter(|_| fault.is_none()),
        basis: reading.basis,
        epoch,
        horizon,
        fault,
    }
}

/// Puts day and month in order where the outlet's country decides it, else says what is wrong.
fn settle_order(expression: &mut Expression, day_first: Option<bool>) -> Option<TimeFault> {
    let Meaning::Calendar(calendar) = &mut expression.meaning else { return None };
    if calendar.impossible {
        return Some(TimeFault::Impossible);
    }
    if !calendar.swappable {
        return None;
    }
    match day_first {
        None => Some(TimeFault::Ambiguous),
        Some(day_first) => {
            if day_first {
                let swapped = Calendar { month: calendar.day, day: calendar.month, ..calendar.clone() };
                *calendar = swapped.checked();
            }
            None
        }
    }
}

/// The longest uncertainty of the publication date that still places relative times, in days.
const WIDEST: i32 = 800;

/// What is known of the day of writing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Writing {
    Unknown,
    Day(Day),
    /// Earliest and latest possible day.
    Between(Day, Day),
    /// Month and day of an unknown year: that day in two years that agree in nothing but being leap years.
    Yearless(Day, Day),
}

impl Writing {
    fn first(self) -> Option<Day> {
        match self {
            Self::Day(day) | Self::Between(day, _) => Some(day),
            Self::Unknown | Self::Yearless(..) => None,
        }
    }
}

fn writing(published: Option<&Edtf>) -> Writing {
    let Some(published) = published else { return Writing::Unknown };
    if published.lacks_year() && !published.is_interval() {
        let day = |year: i32| {
            published.bounds_in(year).filter(|days| days.len() == Some(1)).and_then(|days| days.first)
        };
        return day(2000).zip(day(2004)).map_or(Writing::Unknown, |(one, two)| Writing::Yearless(one, two));
    }
    let ends = published.bounds().and_then(|days| days.first.zip(days.last));
    match ends {
        Some((first, last)) if first == last => Writing::Day(first),
        Some((first, last)) if (1..=WIDEST).contains(&first.days_to(last)) => Writing::Between(first, last),
        _ => Writing::Unknown,
    }
}

/// A reading that holds in every year keeps its month and day; one that depends on the year is that without a date.
fn without_year(one: Reading, two: Reading, none: Reading) -> Reading {
    if one == two {
        return one;
    }
    let tail = |reading: &Reading| {
        reading.value.get(4..).filter(|rest| rest.starts_with('-') && !rest.contains('W')).map(str::to_owned)
    };
    match (tail(&one), tail(&two), one.edtf.as_ref().filter(|it| !it.is_interval())) {
        (Some(rest), Some(same), Some(edtf)) if rest == same && rest.len() > 3 => Reading {
            value: format!("XXXX{rest}"),
            edtf: edtf.0.get(4..).map(|rest| Edtf(format!("XXXX{rest}"))),
            basis: one.basis,
            moment: None,
        },
        _ => none,
    }
}

/// What two readings from different days of writing agree on.
fn common(one: Reading, two: Reading) -> Reading {
    if one == two {
        return one;
    }
    let edtf = match (&one.edtf, &two.edtf) {
        (Some(first), Some(second)) if first == second => Some(first.clone()),
        (Some(first), Some(second)) => common_edtf(first, second),
        _ => None,
    };
    Reading { value: common_value(&one.value, &two.value), edtf, basis: one.basis, moment: None }
}

/// Digits that differ become X; everything from the first of them on in the same field does too.
fn common_value(one: &str, two: &str) -> String {
    if one.len() != two.len() || !one.is_ascii() {
        return "XXXX".to_owned();
    }
    let fields = one.split('-').zip(two.split('-'));
    let masked = fields.map(|(one, two)| {
        let agree = one.bytes().zip(two.bytes()).take_while(|(one, two)| one == two).count();
        let agree = if one.len() == 4 && agree < 4 { 0 } else { agree };
        format!("{}{}", &one[..agree], "X".repeat(one.len() - agree))
    });
    masked.collect::<Vec<_>>().join("-")
}

fn common_edtf(one: &Edtf, two: &Edtf) -> Option<Edtf> {
    // "28 January" of one year or the next keeps its day.
    let tail = |date: &Edtf| date.0.get(4..).map(str::to_owned);
    if !one.is_interval()
        && !two.is_interval()
        && tail(one).is_some_and(|rest| !rest.is_empty())
        && tail(one) == tail(two)
    {
        return Some(Edtf(format!("XXXX{}", tail(one)?)));
    }
    let (first, second) = (one.bounds()?, two.bounds()?);
    // "about today" stays about the first of two neighbouring days.
    if one.is_approximate() && !one.is_interval() && first.first?.days_to(second.first?) <= 2 {
        return Some(one.clone());
    }
    Some(Edtf::days(first.first?.min(second.first?), first.last?.max(second.last?)))
}

/// A date as the text spells it out, before any inference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SpeltOut {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) year: Option<i32>,
    pub(crate) month: Option<u32>,
    pub(crate) day: Option<u32>,
    /// 1 for Monday.
    pub(crate) weekday: Option<u32>,
    /// True if a verb in the past governs it.
    pub(crate) behind: bool,
    /// True if it lies ahead of the writer.
    pub(crate) ahead: bool,
    /// True after "in" or "since".
    pub(crate) led_by_in: bool,
}

/// The dates of a text that name a year, month, day or weekday.
pub(crate) fn spelt_out(text: &str, pack: &Times) -> Vec<SpeltOut> {
    let tokens = Tokens::of(text, &[], pack);
    let expressions = grammar::read(&tokens, false);
    let dates = expressions.iter().filter_map(|expression| {
        let Meaning::Calendar(calendar) = &expression.meaning else { return None };
        let said = calendar.month.is_some() || calendar.has_year() || calendar.weekday.is_some();
        let plain = calendar.outer.is_none() && !calendar.bc && !calendar.impossible && !calendar.swappable;
        let year = match calendar.year {
            Some(meaning::YearPart::Year(year)) => Some(year),
            Some(_) => return None,
            None => None,
        };
        let direction = tense::direction(&tokens, expression.from, expression.to);
        let led = [Role::In, Role::Since].iter().any(|role| tokens.is_before(expression.from, *role));
        let next = matches!(calendar.frame, Frame::Next | Frame::Following);
        (said && plain).then(|| SpeltOut {
            start: tokens.all[expression.from].start as usize,
            end: tokens.all[expression.to - 1].end as usize,
            year,
            month: calendar.month.map(u32::from),
            day: calendar.day.map(u32::from),
            weekday: calendar.weekday.map(u32::from),
            behind: direction.is_past(),
            ahead: direction == Direction::Future || next,
            led_by_in: led,
        })
    });
    dates.collect()
}

#[cfg(test)]
mod tests;
