//! Follows the story: which time was told of last, how near it is, and whether the whole text tells of the past.

use super::clause;
use super::grammar::Grammar;
use super::meaning::{Calendar, Expression, Frame, Meaning};
use super::resolve::{Reading, Resolver, Setting};
use super::scan::{Kind, Tokens};
use super::tense::{self, Direction, ends_sentence};
use super::value::{Moment, Part};
use crate::Analysis;
use demarche_pack::times::{Role, Times, Vague};
use demarche_record::Day;

/// Sentences after which a time told of in a news text is too far away to count from.
const MEMORY: u32 = 3;

/// What is known of a text before its expressions are settled.
pub(super) struct Story<'a> {
    trees: Option<&'a Analysis>,
    /// True for narratives of the past: history, chronicles, biographies.
    pub(super) narrative: bool,
    /// Sentence and paragraph of each token.
    places: Vec<(u32, u32)>,
}

struct Told {
    moment: Moment,
    sentence: u32,
    paragraph: u32,
}

impl<'a> Story<'a> {
    /// Looks over the text once.
    pub(super) fn of(tokens: &Tokens<'_>, written: Option<Day>, trees: Option<&'a Analysis>) -> Self {
        let mut places = Vec::with_capacity(tokens.all.len());
        let (mut sentence, mut paragraph) = (0, 0);
        for at in 0..tokens.all.len() {
            places.push((sentence, paragraph));
            if tokens.all[at].kind == Kind::Break {
                paragraph += 1;
            }
            if ends_sentence(tokens, at) {
                sentence += 1;
            }
        }
        let trees = trees.filter(|it| !it.words.is_empty());
        Self { trees, narrative: is_narrative(tokens, written), places }
    }

    /// The readings of all expressions if the text was written on this day.
    pub(super) fn readings(
        &self,
        tokens: &Tokens<'_>,
        all: &[Expression],
        resolver: &Resolver<'_>,
        written: Option<Day>,
    ) -> Vec<Reading> {
        let mut told: Option<Told> = None;
        let mut quarter: Option<Told> = None;
        let mut fine: Option<Day> = None;
        let mut readings = Vec::with_capacity(all.len());
        for (number, expression) in all.iter().enumerate() {
            let (sentence, paragraph) = self.places[expression.from];
            let close = told
                .as_ref()
                .filter(|it| self.narrative || it.paragraph == paragraph || it.sentence + MEMORY >= sentence);
            // "Two days later" opens a paragraph, and counts from what the one before told.
            let before = told.as_ref().filter(|it| it.paragraph + 1 >= paragraph);
            let near =
                told.as_ref().is_some_and(|it| it.paragraph == paragraph && it.sentence + 1 >= sentence);
            let setting = Setting {
                written,
                narrative: self.narrative,
                told: close.map(|it| it.moment),
                before: close.or(before).map(|it| it.moment),
                fine: fine.filter(|_| self.narrative),
                quarter: quarter.as_ref().filter(|it| it.sentence + MEMORY >= sentence).map(|it| it.moment),
                told_near: near,
                direction: self.direction(tokens, expression, resolver.pack),
            };
            let reading = if self.is_present_in_quote(tokens, all, number, &readings, written) {
                Reading {
                    value: Vague::Present.to_string(),
                    edtf: None,
                    basis: demarche_record::Basis::Stated,
                    moment: None,
                }
            } else {
                resolver.reading(expression, &setting)
            };
            if let Some(moment) = reading.moment.filter(|it| anchors(*it, expression, self.narrative)) {
                told = Some(Told { moment, sentence, paragraph });
                if moment.month().is_some() {
                    fine = moment.days().map(|it| it.0);
                }
                if matches!((&expression.meaning, moment.part), (Meaning::Calendar(_), Part::Quarter(_))) {
                    quarter = Some(Told { moment, sentence, paragraph });
                }
            }
            readings.push(reading);
        }
        readings
    }

    /// Where the verbs place the expression: by the tree if there is one, else by the nearest verb.
    fn direction(&self, tokens: &Tokens<'_>, expression: &Expression, pack: &Times) -> Direction {
        if let Some(settled) = tense::settled(tokens, expression.from, expression.to) {
            return settled;
        }
        let (start, end) = (tokens.all[expression.from].start, tokens.all[expression.to - 1].end);
        let by_tree =
            self.trees.and_then(|trees| clause::direction(trees, pack, start as usize, end as usize));
        by_tree.unwrap_or_else(|| tense::direction(tokens, expression.from, expression.to))
    }

    /// "today" inside words that were said before the day of writing is the speaker's present, not that day.
    fn is_present_in_quote(
        &self,
        tokens: &Tokens<'_>,
        all: &[Expression],
        number: usize,
        before: &[Reading],
        written: Option<Day>,
    ) -> bool {
        let at = all[number].from;
        let today = matches!(
            &all[number].meaning,
            Meaning::Calendar(Calendar { day_shift: Some(0), part: None, .. })
        );
        if !today || self.narrative {
            return false;
        }
        let paragraph = self.places[at].1;
        let start = (0..at).rev().take_while(|it| self.places[*it].1 == paragraph).last().unwrap_or(at);
        let mut inside = (start..at).filter(|it| tokens.mark(*it, b'"')).count() % 2 == 1;
        if !inside {
            return false;
        }
        // The frame of the quotation: what stands outside the marks in the same paragraph.
        let mut earlier = false;
        for after in at..tokens.all.len() {
            if self.places[after].1 != paragraph {
                break;
            }
            if tokens.mark(after, b'"') {
                inside = !inside;
            }
            earlier |= !inside && [Role::Before, Role::Previous].iter().any(|role| tokens.is(after, *role));
        }
        let told = all[..number]
            .iter()
            .zip(before)
            .filter(|(it, _)| it.from >= start && self.places[it.from].0 + 1 >= self.places[at].0)
            .filter_map(|(_, reading)| reading.moment?.day());
        earlier || told.into_iter().any(|day| written.is_some_and(|written| day < written))
    }
}

/// True if a time becomes the one that "later" and "that day" count from.
fn anchors(moment: Moment, expression: &Expression, narrative: bool) -> bool {
    let long = matches!(moment.part, Part::Century | Part::Decade | Part::Weekday(_));
    // In news "a year earlier" is a comparison, not a step of the story.
    let Meaning::Calendar(calendar) = &expression.meaning else {
        return !long && (narrative || moment.part != Part::Year);
    };
    !long && moment.year.is_some() && !(calendar.frame == Frame::The && calendar.grain.is_some())
}

/// A text that names many years, few of them near its own date, and hardly any weekday or "today", tells of the past.
fn is_narrative(tokens: &Tokens<'_>, written: Option<Day>) -> bool {
    let grammar = Grammar { t: tokens, narrative: false };
    let mut years: Vec<i32> = Vec::new();
    let mut news = 0;
    for at in 0..tokens.all.len() {
        let token = tokens.all[at];
        if token.kind == Kind::Number && token.digits == 4 && grammar.is_year(at) {
            years.push(token.number as i32);
        } else if tokens.is(at, Role::Bc) && token.capital && at > 0 && tokens.is_number(at - 1) {
            years.push(-(tokens.all[at - 1].number as i32));
        } else if let Some(lexeme) = tokens.lexeme(at) {
            let weekday = lexeme.weekday.is_some() && !lexeme.careful && token.capital;
            let placed = [Role::This, Role::Last, Role::Next].iter().any(|role| tokens.is_before(at, *role));
            let unit = lexeme
                .unit
                .is_some_and(|it| placed && !lexeme.plural && it != demarche_pack::times::Unit::Day);
            news += usize::from(weekday || unit || lexeme.day_shift.is_some() || lexeme.is(Role::Ago));
        }
    }
    if years.len() < 5 || news * 3 > years.len() {
        return false;
    }
    // So many years and hardly a weekday: a chronicle, even of recent times.
    if years.len() >= 12 && news * 6 <= years.len() {
        return true;
    }
    let Some(written) = written.map(Day::year) else { return true };
    let near = years.iter().filter(|year| (written - 2..=written + 10).contains(*year)).count();
    near * 4 < years.len()
}
