//! Sets what an expression says against the calendar: the day of writing, the time last told of, the tense.

use super::meaning::{Amount, Calendar, Expression, Frame, Length, Meaning, Origin, YearPart};
use super::tense::Direction;
use super::value::{Moment, Part, length};
use demarche_pack::times::{Modifier, Times, Unit, Vague};
use demarche_record::{Basis, Day, Edtf};

/// What an expression comes to.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Reading {
    pub(super) value: String,
    pub(super) edtf: Option<Edtf>,
    pub(super) basis: Basis,
    pub(super) moment: Option<Moment>,
}

/// What an expression is set against.
#[derive(Clone, Copy, Debug)]
pub(super) struct Setting {
    /// Day of writing.
    pub(super) written: Option<Day>,
    /// True for narratives of the past, where the time last told of takes the place of the day of writing.
    pub(super) narrative: bool,
    /// The time last told of, near enough to count from.
    pub(super) told: Option<Moment>,
    /// The same, or what the paragraph before told: what is so long "later" counts from it.
    pub(super) before: Option<Moment>,
    /// In a narrative, the last time that was told to the month.
    pub(super) fine: Option<Day>,
    /// The quarter that figures are given for.
    pub(super) quarter: Option<Moment>,
    /// True if `told` stands in the same sentence or the one before it.
    pub(super) told_near: bool,
    pub(super) direction: Direction,
}

pub(super) struct Resolver<'a> {
    pub(super) pack: &'a Times,
}

impl Resolver<'_> {
    /// What the expression comes to in this setting.
    pub(super) fn reading(&self, expression: &Expression, setting: &Setting) -> Reading {
        match &expression.meaning {
            Meaning::Calendar(calendar) => self.calendar_reading(calendar, expression.modifier, setting),
            Meaning::Shift { length, ahead, origin } => {
                shift_reading(length, *ahead, *origin, expression.modifier, setting)
            }
            Meaning::Length(it) => length_reading(it, setting),
            Meaning::Set(value) => plain(value.clone()),
            Meaning::Vague(vague) => plain(vague.to_string()),
        }
    }

    fn calendar_reading(
        &self,
        calendar: &Calendar,
        modifier: Option<Modifier>,
        setting: &Setting,
    ) -> Reading {
        if let (Some(0), true) = (calendar.day_shift, setting.narrative) {
            return plain(Vague::Present.to_string());
        }
        let stated = calendar.has_year();
        let Some(mut moment) = self.moment(calendar, setting) else {
            return unplaced(calendar, setting);
        };
        moment.day_part = calendar.part;
        moment.clock = calendar.clock;
        let basis = match () {
            () if stated || matches!(calendar.year, Some(YearPart::Decade(_) | YearPart::Century(_))) => {
                Basis::Stated
            }
            () if calendar.frame == Frame::Bare && (calendar.month.is_some() || calendar.named.is_some()) => {
                Basis::YearInferred
            }
            () => Basis::Relative,
        };
        let edtf = moment.edtf().map(|edtf| with_modifier(edtf, moment, modifier));
        Reading { value: moment.value(), edtf, basis, moment: Some(moment) }
    }

    /// The moment a calendar time denotes.
    fn moment(&self, calendar: &Calendar, setting: &Setting) -> Option<Moment> {
        if let Some(shift) = calendar.day_shift {
            let day = if setting.narrative { setting.told.and_then(Moment::day) } else { setting.written };
            return Some(Moment::of_day(day?.plus(shift.into())));
        }
        let outer = match calendar.outer.as_deref() {
            Some(Meaning::Calendar(outer)) => Some(self.moment(outer, setting)?),
            _ => None,
        };
        if let (Some(Part::Week(_)), Some(weekday)) = (outer.map(|it| it.part), calendar.weekday) {
            let monday = outer?.days()?.0;
            return Some(Moment::of_day(monday.plus(i32::from(weekday) - 1)));
        }
        let year = match calendar.year {
            Some(year) => Some(year_of(year, calendar.bc, setting)),
            None => outer.and_then(|it| it.year),
        };
        match calendar.year {
            Some(YearPart::Decade(_)) => return Some(Moment::new(year, Part::Decade)),
            Some(YearPart::Century(_)) => return Some(Moment::new(year, Part::Century)),
            _ => {}
        }
        if let Some(number) = calendar.named {
            let moment = self.named(number, year, calendar, setting)?;
            return Some(if calendar.grain == Some(Unit::Week) { week_of(moment.day()?) } else { moment });
        }
        if let Some(part) = part_of(calendar) {
            if let Some(year) = year {
                let moment = Moment::new(Some(year), part);
                return Some(match (calendar.grain, moment.day()) {
                    (Some(Unit::Week), Some(day)) => week_of(day),
                    _ => moment,
                });
            }
            let moment = in_year(part, calendar, setting);
            return Some(match (calendar.grain, moment.day()) {
                (Some(Unit::Week), Some(day)) => week_of(day),
                _ => moment,
            });
        }
        if let Some(unit) = calendar.grain {
            return unit_moment(unit, calendar.frame, setting);
        }
        if let Some(weekday) = calendar.weekday {
            return Some(weekday_moment(weekday, calendar, setting));
        }
        if calendar.part.is_some() && calendar.clock.is_none() {
            return day_of_part(calendar, setting);
        }
        if calendar.clock.is_some() {
            let told = setting.told.filter(|_| setting.told_near).and_then(Moment::day);
            let day = told.or(if setting.narrative { None } else { setting.written })?;
            return Some(Moment::of_day(day));
        }
        year.map(|year| Moment::new(Some(year), Part::Year))
    }

    fn named(
        &self,
        number: u16,
        year: Option<i32>,
        calendar: &Calendar,
        setting: &Setting,
    ) -> Option<Moment> {
        let rule = self.pack.named(number);
        if let demarche_pack::times::NamedDay::Once(day) = rule {
            return Some(Moment::of_day(day));
        }
        if let Some(year) = year {
            return rule.day(year).map(Moment::of_day);
        }
        let near = base_day(calendar, setting);
        let Some(near) = near else {
            return match rule {
                demarche_pack::times::NamedDay::Fixed(month, day) => {
                    Some(Moment::new(None, Part::Day(month as u8, day as u8)))
                }
                _ => None,
            };
        };
        let days: Vec<Day> = (near.year() - 1..=near.year() + 1).filter_map(|year| rule.day(year)).collect();
        choose(&days, near, calendar, setting).map(Moment::of_day)
    }
}

fn plain(value: String) -> Reading {
    Reading { value, edtf: None, basis: Basis::Stated, moment: None }
}

/// The value of a time that nothing in the setting places.
fn unplaced(calendar: &Calendar, setting: &Setting) -> Reading {
    let year = setting.told.filter(|_| setting.narrative).and_then(|it| it.year);
    let mut value = match (calendar.grain, calendar.day_shift) {
        (_, Some(0)) => return plain(Vague::Present.to_string()),
        (_, Some(shift)) => return plain(if shift < 0 { Vague::Past } else { Vague::Future }.to_string()),
        (Some(_), _) => match calendar.frame {
            Frame::Last | Frame::Previous => return plain(Vague::Past.to_string()),
            Frame::Next | Frame::Following => return plain(Vague::Future.to_string()),
            Frame::This => return plain(Vague::Present.to_string()),
            _ => match calendar.grain {
                Some(Unit::Day) => match setting.told.and_then(|it| Some((it.year?, it.month()?))) {
                    Some((year, month)) if year > 0 => format!("{year:04}-{month:02}-XX"),
                    _ => "XXXX-XX-XX".to_owned(),
                },
                Some(Unit::Month) => "XXXX-XX".to_owned(),
                Some(Unit::Week) => "XXXX-WXX".to_owned(),
                Some(Unit::Weekend) => "XXXX-WXX-WE".to_owned(),
                Some(Unit::Quarter) => "XXXX-QX".to_owned(),
                _ => "XXXX".to_owned(),
            },
        },
        _ if calendar.clock.is_some() || calendar.part.is_some() => "XXXX-XX-XX".to_owned(),
        _ => "XXXX".to_owned(),
    };
    if let Some(year) = year.filter(|year| *year > 0) {
        value = value.replacen("XXXX", &format!("{year:04}"), 1);
    }
    let moment =
        Moment { clock: calendar.clock, day_part: calendar.part, ..Moment::new(None, Part::Day(1, 1)) };
    let tail = moment.value();
    if let Some((_, clock)) = tail.split_once('T') {
        value.push('T');
        value.push_str(clock);
    }
    plain(value)
}

/// The part of the year that is spelt out.
fn part_of(calendar: &Calendar) -> Option<Part> {
    match (calendar.month, calendar.day) {
        (Some(month), Some(day)) => Some(Part::Day(month, day)),
        (Some(month), None) => Some(Part::Month(month)),
        _ => calendar
            .season
            .map(Part::Season)
            .or(calendar.quarter.map(Part::Quarter))
            .or(calendar.half.map(Part::Half)),
    }
}

/// The astronomical year; decades and centuries by their first year.
fn year_of(year: YearPart, bc: bool, setting: &Setting) -> i32 {
    let near =
        setting.told.filter(|_| setting.narrative).and_then(|it| it.year).or(setting.written.map(Day::year));
    match year {
        YearPart::Year(year) | YearPart::Decade(year) if bc => 1 - year,
        // TIMEX3 counts the fourth century BC as BC03.
        YearPart::Century(number) if bc => -(number - 1) * 100,
        YearPart::Year(year) => year,
        YearPart::Century(number) => (number - 1) * 100,
        YearPart::Decade(decade) if decade >= 100 => decade,
        YearPart::Decade(decade) => in_century(decade, near),
        YearPart::Short(short) => in_century(short.into(), near),
    }
}

/// Two digits in the century that brings them nearest to a year, at most ten years after it.
fn in_century(short: i32, near: Option<i32>) -> i32 {
    let near = near.unwrap_or(2000);
    let candidate = near.div_euclid(100) * 100 + short;
    if candidate > near + 10 { candidate - 100 } else { candidate }
}

/// The day from which an underspecified time is sought.
fn base_day(calendar: &Calendar, setting: &Setting) -> Option<Day> {
    let told = setting.told.and_then(|it| it.days()).map(|(first, _)| first);
    let from_told = setting.narrative
        || matches!(calendar.frame, Frame::That | Frame::Same | Frame::Previous | Frame::Following);
    if from_told { told.or(if setting.narrative { None } else { setting.written }) } else { setting.written }
}

/// The right one of candidates in ascending order, seen from `near`.
fn choose<T: Copy + Into<Candidate>>(
    all: &[T],
    near: Day,
    calendar: &Calendar,
    setting: &Setting,
) -> Option<T> {
    let last_before = |limit: Day| all.iter().rev().find(|it| (**it).into().last < limit).copied();
    let first_after = |limit: Day| all.iter().find(|it| (**it).into().first > limit).copied();
    let same_year = |it: &&T| (**it).into().first.year() == near.year();
    let cheapest =
        || all.iter().copied().min_by_key(|it| cost((*it).into(), near, calendar, setting.direction));
    match calendar.frame {
        Frame::Last | Frame::Previous => last_before(near),
        Frame::Next | Frame::Following => first_after(near),
        Frame::This | Frame::Same | Frame::That => all.iter().find(same_year).copied(),
        Frame::Bare | Frame::The | Frame::Latest if setting.narrative => all.iter().find(same_year).copied(),
        _ => cheapest(),
    }
}

/// How far a candidate lies from the day of writing, in days, with a surcharge if the verbs look the other way. The
/// surcharge decides between two near candidates and not against a date of this very month.
fn cost(candidate: Candidate, near: Day, calendar: &Calendar, direction: Direction) -> i32 {
    let distance = if candidate.first <= near && near <= candidate.last {
        0
    } else {
        candidate.first.days_to(near).abs().min(candidate.last.days_to(near).abs())
    };
    let coarse = calendar.quarter.is_some() || calendar.half.is_some() || calendar.season.is_some();
    let surcharge = match direction {
        Direction::ClearlyPast if candidate.first > near => 300,
        Direction::Past if candidate.first > near => match () {
            () if coarse => 100,
            () if calendar.day.is_none() => 240,
            () => 150,
        },
        Direction::Future if candidate.last < near => {
            if coarse {
                100
            } else {
                300
            }
        }
        Direction::Unknown if candidate.first > near => 30,
        _ => 0,
    };
    distance + surcharge
}

/// First and last day of a candidate.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    first: Day,
    last: Day,
}

impl From<Day> for Candidate {
    fn from(day: Day) -> Self {
        Self { first: day, last: day }
    }
}

#[derive(Clone, Copy, Debug)]
struct Placed(Moment, Candidate);

impl From<Placed> for Candidate {
    fn from(placed: Placed) -> Self {
        placed.1
    }
}

/// A part of a year whose year is not said.
fn in_year(part: Part, calendar: &Calendar, setting: &Setting) -> Moment {
    let Some(near) = base_day(calendar, setting) else { return Moment::new(None, part) };
    if let Some(moment) = next_in_story(part, calendar, near, setting) {
        return moment;
    }
    let all: Vec<Placed> = (near.year() - 8..=near.year() + 8)
        .filter_map(|year| {
            let moment = Moment::new(Some(year), part);
            let (first, last) = moment.days()?;
            Some(Placed(moment, Candidate { first, last }))
        })
        .filter(|it| calendar.weekday.is_none_or(|weekday| it.1.first.weekday() == u32::from(weekday)))
        .collect();
    let close: Vec<Placed> = all
        .iter()
        .copied()
        .filter(|it| (near.year() - 1..=near.year() + 1).contains(&it.1.first.year()))
        .collect();
    let found = choose(&close, near, calendar, setting).or_else(|| choose(&all, near, calendar, setting));
    found.map_or(Moment::new(None, part), |it| it.0)
}

/// Days around the time told of last within which a story goes on across a new year.
const STORY_STEP: i32 = 75;

/// In a narrative the story goes on: "January" after "December 1944" is that of 1945, and a year named in passing
/// does not move a story told day by day.
fn next_in_story(part: Part, calendar: &Calendar, near: Day, setting: &Setting) -> Option<Moment> {
    let fine = setting.fine.filter(|_| setting.narrative && calendar.frame == Frame::Bare)?;
    let years = [fine.year(), fine.year() + 1, fine.year() - 1];
    let close = years.iter().filter_map(|year| {
        let moment = Moment::new(Some(*year), part);
        let (first, last) = moment.days()?;
        let distance = if first <= fine && fine <= last {
            0
        } else {
            fine.days_to(first).abs().min(fine.days_to(last).abs())
        };
        (distance <= STORY_STEP).then_some((distance, moment))
    });
    let (_, moment) = close.min_by_key(|it| it.0)?;
    // A year named after the last full date takes the story along, unless the day follows at once.
    let moved = near.year() != fine.year();
    (!moved
        || moment.year == Some(near.year())
        || moment.days().is_some_and(|(first, _)| (0..=45).contains(&fine.days_to(first))))
    .then_some(moment)
}

fn week_of(day: Day) -> Moment {
    let (year, week) = day.iso_week();
    Moment::new(Some(year), Part::Week(week as u8))
}

/// "last week", "that year", "the following month", "the weekend".
fn unit_moment(unit: Unit, frame: Frame, setting: &Setting) -> Option<Moment> {
    let told = setting.told.filter(|it| it.year.is_some());
    let written = if setting.narrative { None } else { setting.written.map(Moment::of_day) };
    let (base, steps) = match frame {
        Frame::This | Frame::Latest => (written.or(told), 0),
        Frame::Last => (written.or(told), -1),
        Frame::Next => (written.or(told), 1),
        Frame::Previous => (told.or(written), -1),
        Frame::Following => (told.or(written), 1),
        Frame::That | Frame::Same => (told.or(written), 0),
        Frame::Bare | Frame::The if unit == Unit::Day => {
            (told.filter(|it| it.day().is_some()).or(written), 0)
        }
        Frame::Bare | Frame::The => (written.or(told), 0),
    };
    let base = base?;
    let (first, _) = base.days()?;
    match unit {
        Unit::Day => base.day().map(|day| Moment::of_day(day.plus(steps))),
        Unit::Week => base
            .day()
            .or(if matches!(base.part, Part::Week(_)) { Some(first) } else { None })
            .map(|day| week_of(day.plus(7 * steps))),
        Unit::Weekend => {
            let day = base.day()?;
            let this = day.plus(1 - day.weekday() as i32);
            // Early in the week "the weekend" is the one just past; "this weekend" is the one to come.
            let behind = frame == Frame::The && setting.direction != Direction::Future && day.weekday() < 6
                || frame == Frame::Last;
            let week = this.plus(if behind {
                -7
            } else if frame == Frame::Next && day.weekday() >= 6 {
                7
            } else {
                0
            });
            let (year, week) = week.iso_week();
            Some(Moment::new(Some(year), Part::Weekend(week as u8)))
        }
        Unit::Month => {
            base.month()?;
            let (year, month, _) = Day::new(base.year?, base.month()?.into(), 1)?.plus_months(steps).date();
            Some(Moment::new(Some(year), Part::Month(month as u8)))
        }
        Unit::Quarter => Some(quarter_moment(first, steps, frame, setting.quarter)),
        Unit::Year => Some(Moment::new(Some(base.year? + steps), Part::Year)),
        Unit::Decade => Some(Moment::new(Some(base.year?.div_euclid(10) * 10 + 10 * steps), Part::Decade)),
        Unit::Century => {
            Some(Moment::new(Some(base.year?.div_euclid(100) * 100 + 100 * steps), Part::Century))
        }
        _ => None,
    }
}

fn quarter_moment(base: Day, steps: i32, frame: Frame, told: Option<Moment>) -> Moment {
    if let (Frame::The | Frame::Latest | Frame::That | Frame::Same, Some(told)) = (frame, told) {
        return told;
    }
    let (_, month, _) = base.date();
    // The quarter reported on is the one that ended last.
    let steps = if matches!(frame, Frame::The | Frame::Latest) { -1 } else { steps };
    let start = base.plus_months(-((month as i32 - 1) % 3)).plus_months(3 * steps);
    let (year, month, _) = start.date();
    Moment::new(Some(year), Part::Quarter(((month - 1) / 3 + 1) as u8))
}

fn weekday_moment(weekday: u8, calendar: &Calendar, setting: &Setting) -> Moment {
    let unknown = Moment::new(None, Part::Weekday(weekday));
    let near = if setting.narrative {
        setting.told.and_then(Moment::day)
    } else {
        match calendar.frame {
            Frame::Previous | Frame::Following | Frame::That | Frame::Same => {
                setting.told.and_then(Moment::day).or(setting.written)
            }
            _ => setting.written,
        }
    };
    let Some(near) = near else { return unknown };
    let back = (near.weekday() + 7 - u32::from(weekday)) % 7;
    let ahead = (u32::from(weekday) + 7 - near.weekday()) % 7;
    let strictly = |days: u32| if days == 0 { 7 } else { days as i32 };
    let shift = match calendar.frame {
        Frame::Last | Frame::Previous => -strictly(back),
        Frame::Next | Frame::Following => strictly(ahead),
        Frame::This => i32::from(weekday) - near.weekday() as i32,
        _ if setting.narrative => ahead as i32,
        _ if setting.direction == Direction::Future => ahead as i32,
        _ => -(back as i32),
    };
    Moment::of_day(near.plus(shift))
}

/// "this morning", "last night", "that afternoon".
fn day_of_part(calendar: &Calendar, setting: &Setting) -> Option<Moment> {
    let told = setting.told.and_then(Moment::day);
    let written = if setting.narrative { None } else { setting.written };
    let day = match calendar.frame {
        Frame::This | Frame::Latest => written.or(told),
        Frame::Last => written.or(told).map(|day| day.plus(-1)),
        Frame::Previous => told.or(written).map(|day| day.plus(-1)),
        Frame::Next | Frame::Following => told.or(written).map(|day| day.plus(1)),
        _ => told.or(written),
    };
    day.map(Moment::of_day)
}

/// "two years ago", "three days later".
fn shift_reading(
    by: &Length,
    ahead: bool,
    origin: Origin,
    modifier: Option<Modifier>,
    setting: &Setting,
) -> Reading {
    let vague = || plain(if ahead { Vague::Future } else { Vague::Past }.to_string());
    let written = if setting.narrative { None } else { setting.written.map(Moment::of_day) };
    let told = setting.told.filter(|it| it.year.is_some());
    let past = matches!(setting.direction, Direction::Past | Direction::ClearlyPast);
    let base = match origin {
        Origin::Writing => written.or(if setting.narrative { told } else { None }),
        Origin::Told if ahead => {
            let before = setting.before.filter(|it| it.year.is_some());
            // "Two days later jets struck": not two days after the text was written.
            before.or(written.filter(|_| !past))
        }
        Origin::Told => told.or(written),
    };
    if let (Unit::Hour | Unit::Minute | Unit::Second, Origin::Told, Some(day)) =
        (by.unit, origin, told.and_then(Moment::day))
    {
        // Hours after something told of: most likely the same day.
        let edtf = Some(Edtf(format!("{day}~")));
        return Reading { value: format!("{day}TXX"), edtf, basis: Basis::Relative, moment: None };
    }
    let Amount::Exact(number, _) = by.amount else { return vague() };
    // "a year earlier" next to a quarter is the same quarter of the year before.
    if let (Some(Moment { year: Some(year), part, .. }), Unit::Year, 1, false) =
        (setting.quarter, by.unit, number, ahead)
    {
        let moment = Moment::new(Some(year - 1), part);
        return Reading {
            value: moment.value(),
            edtf: moment.edtf().map(Edtf),
            basis: Basis::Relative,
            moment: Some(moment),
        };
    }
    let (Some(base), Ok(number)) = (base, i32::try_from(number)) else { return vague() };
    let steps = if ahead { number } else { -number };
    let Some(moment) = shifted(base, by.unit, steps) else { return vague() };
    let edtf = moment.edtf().map(|edtf| with_modifier(edtf, moment, modifier));
    Reading { value: moment.value(), edtf, basis: Basis::Relative, moment: Some(moment) }
}

fn shifted(base: Moment, unit: Unit, steps: i32) -> Option<Moment> {
    let year = base.year?;
    match unit {
        Unit::Century => Some(Moment::new(Some(year.checked_add(steps.checked_mul(100)?)?), Part::Year)),
        Unit::Decade => Some(Moment::new(Some(year.checked_add(steps.checked_mul(10)?)?), Part::Year)),
        Unit::Year => Some(Moment::new(Some(year.checked_add(steps)?), Part::Year)),
        Unit::Quarter => {
            let (year, month, _) = base.days()?.0.plus_months(steps.checked_mul(3)?).date();
            Some(Moment::new(Some(year), Part::Quarter(((month - 1) / 3 + 1) as u8)))
        }
        Unit::Month => {
            base.month()?;
            let (year, month, _) = Day::new(year, base.month()?.into(), 1)?.plus_months(steps).date();
            Some(Moment::new(Some(year), Part::Month(month as u8)))
        }
        Unit::Week | Unit::Fortnight => {
            let days = steps.checked_mul(if unit == Unit::Week { 7 } else { 14 })?;
            let day = base
                .day()
                .or(matches!(base.part, Part::Week(_)).then(|| base.days().map(|it| it.0)).flatten())?;
            Some(week_of(day.plus(days)))
        }
        Unit::Day => base.day().map(|day| Moment::of_day(day.plus(steps))),
        Unit::Hour | Unit::Minute | Unit::Second => base.day().map(Moment::of_day),
        _ => None,
    }
}

/// A length; "the last few hours" also has a date.
fn length_reading(it: &Length, setting: &Setting) -> Reading {
    let mut reading = plain(length(it));
    let written = setting.written.filter(|_| !setting.narrative);
    if let (Some(day), Frame::Last, Unit::Hour | Unit::Minute | Unit::Second) = (written, it.frame, it.unit) {
        reading.edtf = Some(Edtf(format!("{day}~")));
        reading.basis = Basis::Relative;
    }
    reading
}

/// Marks a date as approximate where the modifier blurs it.
fn with_modifier(edtf: String, moment: Moment, modifier: Option<Modifier>) -> Edtf {
    let coarse = moment.day().is_none();
    let blurred = match modifier {
        Some(Modifier::Start | Modifier::Mid | Modifier::End) => coarse,
        Some(_) => true,
        None => false,
    };
    Edtf(if blurred && !edtf.contains('/') { format!("{edtf}~") } else { edtf })
}
