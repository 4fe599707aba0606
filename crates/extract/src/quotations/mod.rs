//! Finds who says what: direct, mixed and indirect speech, beliefs and intentions, with speaker, addressee and medium.
//!
//! Three sources of drafts – verbs ([`verbs`]), nouns, adjectives and formulas ([`nominals`]), and quotation marks
//! ([`marks`]) – are put together into the layer of speech ([`Said`]), which every other extractor reads.

mod asides;
mod draft;
mod figures;
mod formulas;
mod governed;
mod marks;
mod nominals;
mod stretches;
mod verbs;

use crate::{Extractor, Reading, Said, status};
use demarche_language::{EntityKind, Upos, WordId};
use demarche_record::{Body, Cue, Form, How, Link, Party, Quotation, Record, Status};
use demarche_text::Span;
use draft::{Draft, Speaker};

/// The extractor of quotations.
pub struct Quotations;

impl Extractor for Quotations {
    fn name(&self) -> &'static str {
        "quotations"
    }

    fn about(&self) -> &'static str {
        "who said, wrote, reported, denied, asked or believes what: speaker, words, cue, addressee, medium"
    }

    fn extract(&self, reading: &Reading<'_>, said: &[Said]) -> Vec<Record> {
        said.iter().filter_map(|it| record(reading, said, it)).collect()
    }
}

/// The layer of speech of a document, in text order of the first words said.
pub fn find(reading: &Reading<'_>) -> Vec<Said> {
    let mut drafts = Vec::new();
    for at in 0..reading.analysis.words.len() {
        let word = WordId(at as u32);
        drafts.extend(figures::draft(reading, word).or_else(|| verbs::draft(reading, word)));
        drafts.extend(nominals::draft(reading, word));
        drafts.extend(formulas::draft(reading, word));
    }
    drafts.extend(formulas::labels(reading));
    marks::settle(reading, &mut drafts);
    drafts.retain(|draft| !draft.pieces.is_empty());
    drafts.retain(|draft| somebody_speaks(reading, draft));
    drafts.sort_by_key(|draft| (draft.pieces[0].start(), std::cmp::Reverse(draft.length()), draft.cue));
    let drafts = without_nested(reading, without_repeats(drafts));
    said(reading, &drafts)
}

/// Of two drafts over the same words by the same speaker only the better one is kept ("went on to say").
fn without_repeats(drafts: Vec<Draft>) -> Vec<Draft> {
    let mut kept: Vec<Draft> = Vec::new();
    for draft in drafts {
        let near = kept.iter().rposition(|it| {
            it.pieces == draft.pieces
                && (it.speaker == draft.speaker || it.cue == draft.cue || draft.speaker == Speaker::Nobody)
        });
        match near {
            Some(at) if kept[at].confidence < draft.confidence => kept[at] = draft,
            Some(_) => {}
            None => kept.push(draft),
        }
    }
    kept
}

/// Of what stands in somebody's words only clauses with a cue of speech are sayings of their own: a demand or refusal
/// there is no saying, what people in a speech think is a part of the speech, and "said she thinks" is said once.
fn without_nested(reading: &Reading<'_>, drafts: Vec<Draft>) -> Vec<Draft> {
    let entity = |draft: &Draft| match draft.speaker {
        Speaker::Word(head) => reading.mention(head).and_then(|id| reading.analysis.mention(id).entity),
        _ => None,
    };
    let keep: Vec<bool> = (0..drafts.len())
        .map(|at| {
            let draft = &drafts[at];
            let Some(cue) = draft.cue.filter(|_| draft.weak || draft.attitude) else { return true };
            if draft.form(reading) != Form::Indirect {
                return true;
            }
            let place = reading.word(cue).span;
            // Drafts are sorted by start: only those that start before the cue can cover it.
            let end = drafts.partition_point(|other| other.pieces[0].start() <= place.start());
            let outer = drafts[end.saturating_sub(64)..end].iter().filter(|other| {
                !other.attitude && !other.weak && other.pieces.iter().any(|piece| piece.contains(place))
            });
            !outer.into_iter().any(|outer| {
                let marked =
                    draft::top_quoted(reading, place.start()).is_some_and(|it| it.inner.contains(place));
                draft.weak
                    || draft.attitude && marked
                    || entity(outer).is_some() && entity(outer) == entity(draft)
            })
        })
        .collect();
    drafts.into_iter().zip(keep).filter_map(|(draft, keep)| keep.then_some(draft)).collect()
}

/// False for "nobody knows", for a thing that threatens something, and for a deed or wish that is nobody's: "to present
/// a united front".
fn somebody_speaks(reading: &Reading<'_>, draft: &Draft) -> bool {
    match draft.speaker {
        Speaker::Word(head) => {
            let none = matches!(reading.lemma(head), "nobody" | "none");
            // "No government has announced one": nothing was said.
            let no = reading.analysis.children_in(head, "det").any(|det| reading.lemma(det) == "no");
            let thing = draft.weak && draft.reading == "threaten" && !reading.can_act(head);
            !(none && draft.attitude || no || thing)
        }
        Speaker::Carried(_) => true,
        Speaker::Nobody => !draft.weak || draft.cue.is_some_and(|cue| reading.is_passive(cue)),
    }
}

/// Resolves speakers and chains.
fn said(reading: &Reading<'_>, drafts: &[Draft]) -> Vec<Said> {
    let mut found: Vec<Said> = Vec::with_capacity(drafts.len());
    // Statements and reports whose issuer is known, for "the same source", "the statement".
    let mut issuers: Vec<(String, Party, How)> = Vec::new();
    // The body that spoke last, which "the same statement" may mean though no statement was mentioned.
    let mut body: Option<Party> = None;
    for draft in drafts {
        let mut how = draft.how;
        let mut speaker = match &draft.speaker {
            Speaker::Word(head) => Some(party(reading, *head)),
            // The words of the speaker stand elsewhere: the party has a name but no words here.
            Speaker::Carried(head) => {
                let party = party(reading, *head);
                let name =
                    party.resolved.clone().or_else(|| party.words.as_ref().map(|words| words.text.clone()));
                Some(Party { words: None, actor: party.actor, resolved: name })
            }
            Speaker::Nobody => None,
        };
        if let (Speaker::Word(head), Some(party)) = (&draft.speaker, &mut speaker)
            && reading.pack.cues.is_source(reading.lemma(*head))
        {
            how = reading.pack.cues.how_of_source(reading.lemma(*head));
            // "the same source" as a name tells nothing.
            let bare = party.resolved.as_ref().is_some_and(|name| name.starts_with("the same "));
            if !bare && (party.actor.is_some() || party.resolved.is_some()) {
                issuers.push((reading.lemma(*head).to_owned(), party.clone(), how));
            } else if let Some((_, issuer, through)) = antecedent(reading, *head, &issuers) {
                party.actor.clone_from(&issuer.actor);
                party.resolved.clone_from(&issuer.resolved);
                how = *through;
            } else if let Some(body) = body.as_ref().filter(|_| is_same(reading, *head)) {
                party.actor.clone_from(&body.actor);
                party.resolved.clone_from(&body.resolved);
            }
        }
        if let (Speaker::Word(head), Some(party)) = (&draft.speaker, &speaker)
            && is_body(reading, *head)
        {
            body = Some(party.clone());
        }
        let medium = draft.medium.map(|head| (head, reading.pack.cues.how_of_source(reading.lemma(head))));
        if let (Some((head, through @ How::Statement)), Some(party)) = (medium, &speaker) {
            // "said in a statement": that statement is the speaker's.
            if how == How::Said {
                how = through;
            }
            let mut issuer = party.clone();
            let name = issuer.resolved.take().or_else(|| issuer.words.as_ref().map(|it| it.text.clone()));
            issuer.resolved = name;
            issuers.push((reading.lemma(head).to_owned(), issuer, how));
        }
        found.push(Said {
            speaker,
            cue: draft.cue,
            reading: draft.reading.clone(),
            how,
            attitude: draft.attitude && draft.form(reading) == Form::Indirect,
            content: draft.pieces.clone(),
            evidence: draft.evidence(reading),
            attribution: Vec::new(),
            form: draft.form(reading),
            addressee: draft.addressee.map(|head| reading.party(head)),
            medium: draft.medium.map(|head| reading.words(reading.phrase(head))),
            cited: draft.cited.map(|head| party(reading, head)),
            cue_span: draft.cue_span,
            rule: draft.rule.clone(),
            confidence: draft.confidence,
        });
    }
    for at in 0..found.len() {
        found[at].attribution = chain(reading, drafts, &found, at);
        if found[at].attitude {
            found[at].form = Form::Attitude;
        }
    }
    found
}

/// The earlier statement or report that "the same source" or "the statement" takes up.
fn antecedent<'a>(
    reading: &Reading<'_>,
    head: WordId,
    issuers: &'a [(String, Party, How)],
) -> Option<&'a (String, Party, How)> {
    let children = reading.analysis.children(head);
    let same = is_same(reading, head);
    let known = children.iter().any(|child| matches!(reading.lemma(*child), "the" | "this" | "that" | "its"));
    let lemma = reading.lemma(head);
    issuers.iter().rev().find(|(noun, _, _)| same || known && noun == lemma)
}

/// True for "the same statement".
fn is_same(reading: &Reading<'_>, head: WordId) -> bool {
    reading.analysis.children(head).iter().any(|child| reading.lemma(*child) == "same")
}

/// True for a body that can issue a statement.
fn is_body(reading: &Reading<'_>, head: WordId) -> bool {
    let entity = reading.mention(head).and_then(|id| reading.analysis.mention(id).entity);
    entity.is_some_and(|id| reading.analysis.entity(id).kind == EntityKind::Body)
}

/// The party of a speaker. A statement, report or estimate is that of the body that issues it: its words reach to the
/// issuer, and the actor is the issuer.
fn party(reading: &Reading<'_>, head: WordId) -> Party {
    // "Mali and Burkina Faso warned": what two say together neither says alone.
    let named = |head: &WordId| reading.word(*head).upos == Upos::Propn && reading.can_act(*head);
    if reading.conjuncts(head).iter().all(named) {
        let together = crate::positions::party(reading, head);
        if together.actor.is_none() {
            return together;
        }
    }
    let own = reading.party(head);
    let cues = &reading.pack.cues;
    // "a Paris daily", "a court in Berlin": they speak for themselves.
    let lemma = reading.lemma(head);
    if own.actor.is_some() || !cues.is_source(lemma) || cues.has_own_voice(lemma) {
        return own;
    }
    let released = reading.analysis.children_in(head, "acl").find_map(|clause| reading.agent(clause));
    let owner = reading.analysis.children(head).iter().copied().find(|child| {
        matches!(reading.word(*child).deprel.as_str(), "nmod:poss" | "compound") && reading.can_act(*child)
    });
    // "a readout of the call from the Kremlin": a call issues nothing.
    let acts = |issuer: &WordId| reading.word(*issuer).upos == Upos::Propn || reading.can_act(*issuer);
    let behind = reading.behind(head, &["by", "from", "of"]).into_iter().find(acts);
    let Some(issuer) = behind.or(released.filter(acts)).or(owner) else { return own };
    let by = reading.party(issuer);
    let name = by.resolved.clone().or_else(|| by.words.as_ref().map(|words| words.text.clone()));
    let span = reading.phrase(head).cover(reading.phrase(issuer));
    Party { words: Some(reading.words(span)), actor: by.actor, resolved: name }
}

/// Who vouches for a saying: the speakers of everything in whose words it stands, outermost first.
fn chain(reading: &Reading<'_>, drafts: &[Draft], said: &[Said], at: usize) -> Vec<Link> {
    let Some(place) = drafts[at].cue.map(|cue| reading.word(cue).span).or(drafts[at].pieces.first().copied())
    else {
        return Vec::new();
    };
    // Drafts are sorted by start: only those that start before the place can cover it.
    let end = drafts.partition_point(|draft| draft.pieces[0].start() <= place.start());
    let mut around: Vec<usize> = (end.saturating_sub(64)..end)
        .filter(|other| *other != at && !said[*other].attitude && said[*other].covers(place))
        .filter(|other| drafts[at].cue.is_some() || drafts[*other].length() > drafts[at].length())
        .collect();
    around.sort_by_key(|other| std::cmp::Reverse(drafts[*other].length()));
    let own = Link { party: said[at].speaker.clone(), how: said[at].how };
    let mut chain: Vec<Link> = Vec::new();
    for other in around {
        let by = quoted_by(reading, &drafts[other]);
        let link = Link { party: said[other].speaker.clone(), how: said[other].how };
        let cited = said[other].cited.as_ref();
        let cited = cited.map(|party| Link { party: Some(party.clone()), how: How::Report });
        for link in by.into_iter().chain([link]).chain(cited) {
            if !chain.contains(&link) && link != own {
                chain.push(link);
            }
        }
    }
    chain.extend(quoted_by(reading, &drafts[at]));
    chain
}

/// The link of somebody who passes on the words of the speaker.
fn quoted_by(reading: &Reading<'_>, draft: &Draft) -> Option<Link> {
    draft.quoted_by.map(|head| Link { party: Some(party(reading, head)), how: How::Report })
}

fn record(reading: &Reading<'_>, said: &[Said], it: &Said) -> Option<Record> {
    if only_introduces(said, it) {
        return None;
    }
    let trigger = it.cue.or_else(|| first_word(reading, it.content.iter().copied()))?;
    let around = reading.circumstances_with(trigger, it.attribution.clone(), reading.time_of(trigger));
    let status = match it.cue {
        Some(cue) => status(reading, cue),
        None => Status::Occurred,
    };
    let cue = it.cue.map(|cue| Cue {
        words: reading.words(it.cue_span.unwrap_or(reading.word(cue).span)),
        lemma: lemma(reading, cue, it.cue_span),
        reading: it.reading.clone(),
    });
    let body = Body::Quotation(Quotation {
        speaker: it.speaker.clone(),
        cue,
        content: it.content.iter().map(|span| reading.words(*span)).collect(),
        addressee: it.addressee.clone(),
        form: it.form,
        medium: it.medium.clone(),
    });
    Some(reading.record("quotations", &it.rule, it.evidence, around, Some(status), it.confidence, None, body))
}

/// "According to the statement, Doe said that …": the formula only tells by whom the saying behind it is vouched for.
fn only_introduces(said: &[Said], it: &Said) -> bool {
    let length: usize = it.content.iter().map(|piece| piece.len()).sum();
    it.rule == "cue.according-to"
        && said.iter().any(|other| {
            let cued = other.cue.is_some() && other.rule != it.rule && !other.attitude;
            let inside = it.content.iter().find_map(|piece| piece.intersect(other.evidence));
            cued && inside.is_some_and(|inside| {
                inside.len() * 10 >= length * 9 && other.content.iter().all(|piece| inside.contains(*piece))
            }) && other.cue_span.is_some_and(|cue| it.covers(cue))
        })
}

fn lemma(reading: &Reading<'_>, cue: WordId, span: Option<Span>) -> String {
    let own = reading.lemma(cue).to_owned();
    match span {
        Some(span) if span != reading.word(cue).span => {
            let words = reading.analysis.words_in(span);
            let lemmas: Vec<&str> = reading.analysis.ids(&words).map(|word| reading.lemma(word)).collect();
            lemmas.join(" ")
        }
        _ => own,
    }
}

/// The first word in marks, else the first word.
fn first_word(reading: &Reading<'_>, pieces: impl Iterator<Item = Span>) -> Option<WordId> {
    let words = pieces.flat_map(|piece| {
        let words = reading.analysis.words_in(piece);
        reading.analysis.ids(&words).collect::<Vec<_>>()
    });
    let words: Vec<WordId> = words.collect();
    let marked = |word: &&WordId| draft::top_quoted(reading, reading.word(**word).span.start()).is_some();
    words.iter().find(marked).or(words.first()).copied()
}
