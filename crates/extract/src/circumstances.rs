//! What surrounds a trigger: status, voice, epoch, time, places and who vouches for it.

use crate::{Reading, Said, status};
use demarche_language::{TimeExpression, TimeKind, Upos, WordId};
use demarche_pack::cues::{CueClass, Speech};
use demarche_pack::unreal::UnrealWords;
use demarche_record::{BlockKind, Epoch, Genre, How, Link, Place, Status, Voice, When};
use demarche_text::Span;

/// Everything about a trigger that does not depend on the kind of record.
#[derive(Clone, Debug)]
pub struct Circumstances {
    /// Whether it took place.
    pub status: Status,
    /// Whose words the sentence is.
    pub voice: Voice,
    /// Which age it belongs to.
    pub epoch: Epoch,
    /// When it took or takes place.
    pub when: Option<When>,
    /// Places in its clause.
    pub places: Vec<Place>,
    /// Who vouches for it, outermost first.
    pub attribution: Vec<Link>,
}

/// Words of judgement that mark a sentence of an opinion piece as the writer's own view.
const JUDGING: &[&str] =
    &["must", "should", "need", "ought", "would", "cannot", "perhaps", "seem", "clearly", "surely"];

impl Reading<'_> {
    /// The circumstances of a trigger. `said` is the layer of speech of the whole document.
    pub fn circumstances(&self, trigger: WordId, said: &[Said]) -> Circumstances {
        self.circumstances_at(trigger, said, self.time_of(trigger))
    }

    /// The circumstances of a trigger whose time is known already. A reading has one layer of speech: that of the first
    /// call counts.
    pub fn circumstances_at(
        &self,
        trigger: WordId,
        said: &[Said],
        time: Option<&TimeExpression>,
    ) -> Circumstances {
        let of = time.map(|time| time.span);
        let find = || (of, self.find_circumstances(trigger, said, time));
        let (known, around) = self.known(trigger).circumstances.get_or_init(find);
        if *known == of { around.clone() } else { self.find_circumstances(trigger, said, time) }
    }

    fn find_circumstances(
        &self,
        trigger: WordId,
        said: &[Said],
        time: Option<&TimeExpression>,
    ) -> Circumstances {
        let vouchers = self.vouchers(self.word(trigger).span, said);
        let attribution = self.with_hearsay(trigger, self.with_claims(trigger, vouchers));
        self.circumstances_with(trigger, attribution, time)
    }

    /// The circumstances of a trigger of which it is known who vouches for it.
    pub(crate) fn circumstances_with(
        &self,
        trigger: WordId,
        attribution: Vec<Link>,
        time: Option<&TimeExpression>,
    ) -> Circumstances {
        let mut status = status::status(self, trigger);
        // "leave for Haiti next month": the present tells of what is to come.
        if status == Status::Ongoing && (self.is_ahead(trigger) || self.is_set_for(trigger, time)) {
            status = Status::Planned;
        }
        let ahead = time.is_some_and(|time| self.is_after_publication(time));
        // "accepted an invitation to come on 29 January": what a past form tells of was done by then, so the day is not its own.
        let time = time.filter(|_| !(ahead && self.is_plain_past(trigger)));
        // "arrived on Sunday and will travel on": the day stands with what is over.
        let time = time.filter(|time| !(self.will(trigger) && self.is_before_publication(time)));
        if ahead && time.is_some() && matches!(status, Status::Occurred | Status::Ongoing) {
            status = Status::Planned;
        }
        // "according to the presidency in Bogotá": where the source sits is not where it happened.
        let of_source = |place: &Place| {
            attribution.iter().filter_map(|link| link.party.as_ref()?.words.as_ref()).any(|words| {
                words.start_byte <= place.words.start_byte && place.words.end_byte <= words.end_byte
            })
        };
        let mut places = self.places_near(trigger);
        places.retain(|place| !of_source(place));
        Circumstances {
            status,
            voice: self.voice(trigger),
            epoch: self.epoch(trigger, time),
            when: time.and_then(|time| self.when(time)),
            places,
            attribution,
        }
    }

    /// True if a time begins after the text was published.
    fn is_after_publication(&self, time: &TimeExpression) -> bool {
        let first = time.edtf.as_ref().and_then(|edtf| edtf.bounds()).and_then(|it| it.first);
        self.published
            .as_ref()
            .zip(first)
            .is_some_and(|(published, first)| first.to_string().as_str() > published.to.as_str())
    }

    /// True if a time was over when the text was published.
    fn is_before_publication(&self, time: &TimeExpression) -> bool {
        let last = time.edtf.as_ref().and_then(|edtf| edtf.bounds()).and_then(|it| it.last);
        self.published
            .as_ref()
            .zip(last)
            .is_some_and(|(published, last)| last.to_string().as_str() < published.from.as_str())
    }

    /// "will travel": the form of what is to come.
    fn will(&self, verb: WordId) -> bool {
        self.analysis.children_in(verb, "aux").any(|aux| matches!(self.lemma(aux), "will" | "shall"))
            && !self.analysis.children_in(verb, "aux").any(|aux| self.analysis.form(aux) == "would")
    }

    /// "accepted", "struck": a past form that stands alone.
    fn is_plain_past(&self, verb: WordId) -> bool {
        self.word(verb).feature("Tense") == Some("Past")
            && self.word(verb).feature("VerbForm") == Some("Fin")
            && self.child(verb, "aux").is_none()
    }

    /// True if a time beside a predicate lies ahead by its own words.
    fn is_ahead(&self, trigger: WordId) -> bool {
        self.analysis.children(trigger).iter().any(|child| {
            let relation = self.word(*child).relation();
            let named = self.lemma(*child) == "tomorrow";
            let coming = self.analysis.children_in(*child, "amod").any(|it| {
                matches!(self.lemma(it), "next" | "coming" | "forthcoming")
                    || self.analysis.form(it) == "coming"
            });
            matches!(relation, "obl" | "advmod" | "nmod") && (named || coming && self.is_time(*child))
        })
    }

    /// "On Friday the two ministers sign the accord", "from 1 July the road closes": the plain present with a day that is
    /// not known to be over.
    fn is_set_for(&self, verb: WordId, time: Option<&TimeExpression>) -> bool {
        let Some(time) = time.filter(|time| matches!(time.kind, TimeKind::Date | TimeKind::Time)) else {
            return false;
        };
        let headline = matches!(
            self.analysis.sentence(verb).block,
            BlockKind::Headline | BlockKind::Caption | BlockKind::Subhead
        );
        let plain = self.word(verb).feature("Tense") == Some("Pres")
            && self.word(verb).feature("VerbForm") == Some("Fin")
            && self.child(verb, "aux").is_none()
            && self.child(verb, "cop").is_none();
        let day = self
            .behind(verb, &["on", "from", "by"])
            .into_iter()
            .any(|day| time.span.overlaps(self.word(day).span));
        let first = time.edtf.as_ref().and_then(|edtf| edtf.bounds()).and_then(|it| it.first);
        let over = match (&self.published, first) {
            (Some(published), Some(first)) => first.to_string().as_str() <= published.to.as_str(),
            _ => false,
        };
        self.is_verb(verb) && plain && day && !headline && !over
    }

    /// Adds who vouches by a noun or a formula where no speech does: "their claim that …", "allegations of …", "is said
    /// to have …", "by its own account", "in the words of the general".
    fn with_claims(&self, trigger: WordId, mut chain: Vec<Link>) -> Vec<Link> {
        let mut at = trigger;
        for _ in 0..12 {
            if let Some(link) = self.formula_below(at) {
                if !chain.contains(&link) {
                    chain.push(link);
                }
                return chain;
            }
            let Some(above) = self.word(at).head else { break };
            if chain.is_empty()
                && let Some(link) = self.claim(above, at)
            {
                chain.push(link);
                return chain;
            }
            if self.word(at).deprel == "acl:relcl" && !status::is_content_clause(self, at) {
                break;
            }
            at = above;
        }
        if chain.is_empty() {
            chain.extend(self.set_between(trigger));
        }
        chain
    }

    /// "Eritrea has sent its forces south, the regional government alleges", "the number, a report estimates, is close to
    /// 8,000": who speaks between commas or at the very end, wherever the tree hangs it.
    fn set_between(&self, trigger: WordId) -> Option<Link> {
        let words: Vec<WordId> = self.analysis.sentence(trigger).words.clone().map(WordId).collect();
        let end = words.iter().rposition(|word| self.word(*word).upos != Upos::Punct)?;
        let mut stops: Vec<usize> = (0..end).filter(|at| self.analysis.form(words[*at]) == ",").collect();
        stops.push(end + 1);
        stops.windows(2).find_map(|pair| {
            let named = words.get(pair[0] + 1..pair[1])?;
            (pair[0] > 0 && !named.contains(&trigger)).then(|| self.says(named)).flatten()
        })
    }

    /// "the regional government alleges": who says so, if the words are nothing but somebody and a verb of telling.
    fn says(&self, words: &[WordId]) -> Option<Link> {
        let (verb, named) = words.split_last()?;
        let cue = self.pack.cues.find(CueClass::Verb, self.lemma(*verb), [])?;
        let tells = !matches!(cue.speech, Speech::None | Speech::Attitude)
            && matches!(cue.reading.as_str(), "assert" | "accuse" | "estimate");
        let finite = self.word(*verb).feature("Tense").is_some() || self.word(*verb).upos == Upos::Noun;
        let nominal = named.iter().all(|word| {
            let modifies = self.word(*word).upos == Upos::Verb
                && matches!(self.word(*word).deprel.as_str(), "acl" | "amod");
            modifies
                || matches!(
                    self.word(*word).upos,
                    Upos::Noun | Upos::Propn | Upos::Adj | Upos::Det | Upos::Adp | Upos::Num | Upos::Part
                )
        });
        let subject = named
            .iter()
            .copied()
            .find(|word| self.word(*word).head == Some(*verb) && self.word(*word).relation() == "nsubj");
        let top = || {
            named.iter().copied().find(|word| {
                matches!(self.word(*word).upos, Upos::Noun | Upos::Propn)
                    && self.word(*word).head.is_none_or(|head| !named.contains(&head))
            })
        };
        let teller = subject.or_else(top)?;
        let speaks = self.can_act(teller) || self.pack.cues.is_source(self.lemma(teller));
        let how = self.pack.cues.how_of_source(self.lemma(teller));
        (tells && finite && nominal && speaks).then(|| Link { party: Some(self.party(teller)), how })
    }

    /// What a noun of claiming, or a verb of telling in the passive, says of what hangs under it.
    fn claim(&self, above: WordId, at: WordId) -> Option<Link> {
        // "Posts on Telegram had a boat ramming a tanker": the tree may hang the clause under its subject.
        if self.word(at).deprel == "acl"
            && self.word(at).feature("VerbForm") == Some("Ger")
            && self.word(above).relation() == "obj"
            && let Some(verb) = self.word(above).head.filter(|verb| self.lemma(*verb) == "have")
            && let Some(source) = self.child(verb, "nsubj")
            && (self.pack.cues.is_source(self.lemma(source)) || self.is_hearsay(source))
        {
            let named = self.can_act(source);
            return Some(Link { party: named.then(|| self.party(source)), how: How::Report });
        }
        // "Word has it that …": the tree may hang the clause under "it".
        if self.lemma(above) == "it" && self.word(at).relation() == "acl" {
            let verb = self.word(above).head.filter(|verb| self.is_verb(*verb))?;
            // "The paper has it that …".
            let teller =
                || self.child(verb, "nsubj").filter(|teller| self.lemma(verb) == "have" && *teller < above);
            let told = || teller().map(|teller| Link { party: Some(self.party(teller)), how: How::Report });
            return self.rumour(verb).or_else(told);
        }
        let cue = status::cue_of(self, above)?;
        if self.is_verb(above) {
            // "Rumour has it that …", "word spread that …".
            if matches!(self.word(at).relation(), "ccomp" | "csubj")
                && let Some(link) = self.rumour(above)
            {
                return Some(link);
            }
            // "A report has Kim receiving a general", "Tass had the governor surviving".
            if self.word(at).relation() == "xcomp"
                && self.lemma(above) == "have"
                && let Some(teller) = self.child(above, "nsubj")
                && (self.child(at, "nsubj").is_some_and(|own| own > above)
                    || self.pack.cues.is_source(self.lemma(teller)) && self.child(above, "obj").is_some())
            {
                let named = self.can_act(teller);
                return Some(Link { party: named.then(|| self.party(teller)), how: How::Report });
            }
            // "Sources in Doha speak of a secret call".
            let spoken_of = cue.id == "mention"
                && self.word(at).relation() == "obl"
                && self.preposition(at).is_some_and(|it| matches!(it, "of" | "about"))
                && !self.is_passive(above);
            if spoken_of && let Some(teller) = self.child(above, "nsubj") {
                let how = self.pack.cues.how_of_source(self.lemma(teller));
                return Some(Link { party: Some(self.party(teller)), how });
            }
            let as_they = self.word(at).relation() == "advcl"
                && self.analysis.children_in(at, "mark").any(|mark| self.lemma(mark) == "as");
            if (self.word(at).relation() == "obj" || as_they)
                && let Some(link) = self.shown(above, cue)
            {
                return Some(link);
            }
            let told = self.word(at).relation() == "xcomp" && self.is_passive(above) && status::tells(cue);
            return (told && self.agent(above).is_none()).then_some(Link { party: None, how: How::Report });
        }
        let about = match self.word(at).relation() {
            "acl" => true,
            "nmod" => self.preposition(at).is_some_and(|it| matches!(it, "of" | "about")),
            _ => false,
        };
        if !about || !status::CLAIMS.contains(&cue.id.as_str()) {
            return None;
        }
        let owner = self
            .analysis
            .children(above)
            .iter()
            .copied()
            .find(|child| self.word(*child).deprel == "nmod:poss" && self.can_act(*child));
        let from = self.behind(above, &["by", "from"]).into_iter().find(|head| self.can_act(*head));
        let how = if cue.speech == Speech::Report { How::Report } else { How::Said };
        Some(Link { party: owner.or(from).map(|head| self.party(head)), how })
    }

    /// "Images analysed by Maxar show 45 howitzers", "NATO put their number at 3,000", "Damascus blames the shelling on the
    /// militia": who vouches for the object of a verb of evidence, estimate or blame.
    fn shown(&self, verb: WordId, cue: &demarche_pack::cues::Cue) -> Option<Link> {
        let evidence = cue.speech == Speech::Document;
        let estimate = cue.speech == Speech::Estimate;
        if !(evidence || estimate || cue.id == "accuse") || self.is_passive(verb) {
            return None;
        }
        let subject = self.child(verb, "nsubj")?;
        let how = cue.speech.how();
        if self.pack.cues.is_source(self.lemma(subject)) {
            let maker = self.analysis.children_in(subject, "acl").find_map(|clause| self.agent(clause));
            let owner = || self.child_exactly(subject, "nmod:poss").filter(|owner| self.can_act(*owner));
            let from = || self.behind(subject, &["from", "by"]).into_iter().find(|head| self.can_act(*head));
            let vouches = maker.or_else(owner).or_else(from).unwrap_or(subject);
            return Some(Link { party: Some(self.party(vouches)), how });
        }
        (!evidence && self.can_act(subject)).then(|| Link { party: Some(self.party(subject)), how })
    }

    /// "Rumour has it that …", "word spread that …": the verb of a noun of hearsay.
    fn rumour(&self, verb: WordId) -> Option<Link> {
        let noun = self.child(verb, "nsubj")?;
        let spreads = matches!(
            self.lemma(verb),
            "have"
                | "spread"
                | "circulate"
                | "go"
                | "emerge"
                | "surface"
                | "swirl"
                | "abound"
                | "reach"
                | "run"
                | "insist"
                | "claim"
        );
        (spreads && self.is_hearsay(noun)).then_some(Link { party: None, how: How::Report })
    }

    fn is_hearsay(&self, noun: WordId) -> bool {
        let lemma = self.lemma(noun).to_lowercase();
        let cue = self.pack.cues.find(CueClass::Noun, &lemma, []);
        lemma == "talk" || cue.is_some_and(|cue| matches!(cue.id.as_str(), "rumour" | "report" | "tale"))
    }

    /// "The story is that the chief was shot".
    fn outer_claim(&self, predicate: WordId) -> Option<Link> {
        let noun = status::outer_noun(self, predicate).filter(|noun| self.is_hearsay(*noun))?;
        let that = self.analysis.children_in(predicate, "mark").any(|mark| self.lemma(mark) == "that");
        let owner = self.child_exactly(noun, "nmod:poss").filter(|owner| self.can_act(*owner));
        that.then(|| Link { party: owner.map(|head| self.party(head)), how: How::Report })
    }

    /// "…, or so the rebels claim", "…, the prosecutor believes": a verb of telling or belief set beside the clause.
    fn so_they_say(&self, predicate: WordId) -> Option<Link> {
        let subject = self.child(predicate, "nsubj");
        let below = self.analysis.children(predicate).iter().copied();
        let beside = subject.into_iter().flat_map(|head| self.analysis.children(head).iter().copied());
        below.chain(beside.filter(|it| self.is_verb(*it))).find_map(|clause| {
            let so = self.analysis.children_in(clause, "advmod").any(|it| self.lemma(it) == "so");
            let set_in = matches!(self.word(clause).relation(), "conj" | "parataxis")
                || so && self.word(clause).relation() == "advcl";
            if !set_in || !self.is_verb(clause) {
                return None;
            }
            let beside = self.word(clause).relation() == "parataxis";
            // "…, so the whisper goes in the port, …".
            if so && let Some(link) = self.rumour(clause) {
                return Some(link);
            }
            let tells = status::cue_of(self, clause).is_some_and(status::tells);
            let teller = self.child(clause, "nsubj").filter(|teller| self.can_act(*teller))?;
            let bare = self.child(clause, "obj").is_none() && self.child(clause, "ccomp").is_none();
            ((so || beside) && tells && bare)
                .then(|| Link { party: Some(self.party(teller)), how: How::Said })
        })
    }

    /// "as the governor put it", "as Rabat tells it", "as witnesses describe".
    fn as_told(&self, predicate: WordId) -> Option<Link> {
        self.analysis.children_in(predicate, "advcl").find_map(|clause| {
            let as_marked = self.analysis.children_in(clause, "mark").any(|mark| self.lemma(mark) == "as");
            let tells = status::cue_of(self, clause)
                .is_some_and(|cue| status::tells(cue) && cue.speech != Speech::Attitude);
            let teller = self.child(clause, "nsubj").filter(|teller| *teller < clause)?;
            let bare = self.child(clause, "obj").is_none_or(|object| self.lemma(object) == "it");
            (as_marked && tells && bare && self.child(clause, "ccomp").is_none())
                .then(|| Link { party: Some(self.party(teller)), how: How::Said })
        })
    }

    /// "by its own account", "by their own admission", "in the words of X" under a predicate or its subject.
    fn formula_below(&self, predicate: WordId) -> Option<Link> {
        if !self.is_verb(predicate) {
            return None;
        }
        let beside = || self.as_told(predicate).or_else(|| self.so_they_say(predicate));
        if let Some(link) = beside().or_else(|| self.outer_claim(predicate)) {
            return Some(link);
        }
        let subject = self.subject(predicate);
        let own = self.analysis.children(predicate).iter().copied();
        let of_subject = subject.into_iter().flat_map(|head| self.analysis.children(head).iter().copied());
        own.chain(of_subject).find_map(|child| {
            // The tree may take "telling" for a clause.
            if !matches!(self.word(child).relation(), "obl" | "nmod" | "advcl") {
                return None;
            }
            let preposition = self.preposition(child)?;
            let telling = self.analysis.form(child).eq_ignore_ascii_case("telling");
            let word = if telling { "telling" } else { self.lemma(child) };
            let teller = match (preposition, word) {
                ("by", "account" | "admission" | "reckoning" | "estimate" | "count" | "tally") => {
                    let of = || self.behind(child, &["of"]).into_iter().find(|owner| self.can_act(*owner));
                    let owner = self.child_exactly(child, "nmod:poss").or_else(of)?;
                    let itself = self.word(owner).upos == Upos::Pron
                        && self.analysis.children(child).iter().any(|it| self.lemma(*it) == "own");
                    if itself { subject? } else { owner }
                }
                ("in", "word" | "words" | "account" | "telling" | "version") => {
                    let of = self.behind(child, &["of"]).first().copied();
                    of.or_else(|| self.child_exactly(child, "nmod:poss"))?
                }
                _ => return None,
            };
            Some(Link { party: Some(self.party(teller)), how: How::Said })
        })
    }

    /// Adds a link without a party for "reportedly" and the like on the trigger or on the verb that carries it.
    fn with_hearsay(&self, trigger: WordId, mut chain: Vec<Link>) -> Vec<Link> {
        let carriers = [
            Some(trigger),
            self.light_verb(trigger),
            self.word(trigger).head.filter(|_| self.word(trigger).relation() == "xcomp"),
        ];
        let hearsay = carriers.into_iter().flatten().any(|word| {
            self.analysis
                .children_in(word, "advmod")
                .chain(self.analysis.children_in(word, "amod"))
                .any(|adverb| self.pack.cues.unreal().has(UnrealWords::Hearsay, self.analysis.form(adverb)))
        });
        if hearsay && !chain.iter().any(|link| link.party.is_none()) {
            chain.push(Link { party: None, how: How::Report });
        }
        chain
    }

    /// Who vouches for what stands at `span`: the speakers of all stretches of speech around it, outermost first.
    pub fn vouchers(&self, span: Span, said: &[Said]) -> Vec<Link> {
        let mut around: Vec<&Said> = said.iter().filter(|it| !it.attitude && it.covers(span)).collect();
        around.sort_by_key(|it| {
            std::cmp::Reverse(it.content.iter().map(|content| content.len()).sum::<usize>())
        });
        let mut chain: Vec<Link> = Vec::new();
        for link in around.iter().flat_map(|it| it.chain()) {
            if !chain.contains(&link) {
                chain.push(link);
            }
        }
        chain
    }

    /// Whose words the sentence of a word is.
    pub fn voice(&self, word: WordId) -> Voice {
        let sentence = self.analysis.sentence(word);
        match sentence.block {
            BlockKind::Caption => return Voice::Caption,
            BlockKind::Credit
            | BlockKind::Disclaimer
            | BlockKind::Biography
            | BlockKind::Byline
            | BlockKind::Navigation => return Voice::Furniture,
            BlockKind::Headline | BlockKind::Lede | BlockKind::Subhead | BlockKind::Body => {}
        }
        if self.analysis.document.genre != Genre::Opinion {
            return Voice::Report;
        }
        let quoted = self.analysis.quoted.iter().any(|quoted| quoted.outer.contains(self.word(word).span));
        let judging = self.analysis.ids(&sentence.words).any(|id| {
            let word = self.word(id);
            let own = word.feature("Person") == Some("1") && word.relation() != "discourse";
            own || JUDGING.contains(&word.lemma.to_lowercase().as_str())
        });
        if judging && !quoted { Voice::Opinion } else { Voice::Report }
    }

    /// The time expression that says when the trigger takes place: the nearest one in the clause of the trigger, or
    /// of the clause that carries it, but none that belongs to a verb of speech above.
    pub fn time_of(&self, trigger: WordId) -> Option<&TimeExpression> {
        self.time_of_if(trigger, &|_| true, &|_| true)
    }

    /// Like [`Self::time_of`], but only from words and to times that the caller lets through: `climbs` is asked
    /// before the search leaves a word for what carries it, `fits` for each time.
    pub fn time_of_if(
        &self,
        trigger: WordId,
        climbs: &dyn Fn(WordId) -> bool,
        fits: &dyn Fn(&TimeExpression) -> bool,
    ) -> Option<&TimeExpression> {
        let mut at = trigger;
        for _ in 0..6 {
            if let Some(time) = self.time_below(at, trigger, fits) {
                return Some(time);
            }
            let above = self.word(at).head.filter(|_| climbs(at))?;
            let relation = self.word(at).relation();
            let carried = match relation {
                "conj" | "xcomp" | "acl" => true,
                "obj" | "obl" | "nsubj" | "nmod" => !self.is_verb(trigger),
                _ => false,
            };
            let speaks = status::cue_of(self, above)
                .is_some_and(|cue| cue.speech.how() != demarche_record::How::Said)
                || status::cue_of(self, above)
                    .is_some_and(|cue| !matches!(cue.speech, Speech::None | Speech::Attitude));
            if !carried || speaks && relation != "conj" {
                return None;
            }
            at = above;
        }
        None
    }

    /// The time nearest to `trigger` whose head hangs under `top` without a clause in between.
    fn time_below(
        &self,
        top: WordId,
        trigger: WordId,
        fits: &dyn Fn(&TimeExpression) -> bool,
    ) -> Option<&TimeExpression> {
        let mut clause = vec![top];
        let mut at = 0;
        while let Some(word) = clause.get(at).copied() {
            clause.extend(self.analysis.children(word).iter().copied().filter(|child| {
                let relation = self.word(*child).relation();
                let apart = matches!(relation, "ccomp" | "advcl" | "acl" | "conj" | "parataxis" | "csubj");
                // "talks, the first since the withdrawal in August,".
                let first = relation == "appos" && self.word(*child).upos == Upos::Adj;
                let aimed = relation == "xcomp" && word == top && top != trigger;
                !apart && !first && !aimed && !self.is_earlier_figure(*child)
            }));
            at += 1;
        }
        let near = self.word(trigger).span.start();
        let dated = |time: &&TimeExpression| {
            time.edtf.is_some()
                && time.kind != TimeKind::Set
                && fits(time)
                && !self.names_a_thing(trigger, time)
        };
        let times = self.times_at(self.analysis.sentence(top).span).iter().filter(dated);
        times
            .filter(|time| clause.iter().any(|word| time.span.overlaps(self.word(*word).span)))
            .min_by_key(|time| (time.kind == TimeKind::Duration, time.span.start().abs_diff(near)))
    }

    /// "41 vessels, down from 63 a month earlier": what stands there is of another time.
    fn is_earlier_figure(&self, word: WordId) -> bool {
        self.word(word).relation() == "advmod"
            && matches!(self.lemma(word), "down" | "up")
            && !self.behind(word, &["from"]).is_empty()
    }

    fn when(&self, time: &TimeExpression) -> Option<When> {
        let edtf = time.edtf.clone()?;
        Some(When { edtf, basis: time.basis, words: Some(self.words(time.span)) })
    }

    /// Places whose words hang under the trigger.
    pub(crate) fn places_near(&self, trigger: WordId) -> Vec<Place> {
        let clause = self.clause(trigger);
        let inside = |place: &&Place| {
            place.words.start_byte as usize >= clause.start() && place.words.end_byte as usize <= clause.end()
        };
        let places = &self.analysis.places;
        let from = places.partition_point(|place| (place.words.start_byte as usize) < clause.start());
        let within = places[from..].iter().take_while(|it| (it.words.start_byte as usize) < clause.end());
        within.filter(inside).filter(|place| !self.is_aside(trigger, place)).cloned().collect()
    }

    /// "Doe, who had cut short a trip to Davos, chaired": the place stands in a clause that tells of somebody or something beside.
    fn is_aside(&self, trigger: WordId, place: &Place) -> bool {
        let text = &self.analysis.document.text;
        let span = text.span(place.words.start_byte as usize, place.words.end_byte as usize);
        let words = span.map(|span| self.analysis.words_in(span));
        let Some(mut at) = words.and_then(|words| self.analysis.ids(&words).next()) else { return false };
        for _ in 0..DEPTH {
            if at == trigger {
                return false;
            }
            if self.word(at).relation() == "acl" {
                return true;
            }
            let Some(above) = self.word(at).head else { return false };
            at = above;
        }
        false
    }
}

/// Words of a tree between a place and what happened there.
const DEPTH: usize = 16;
