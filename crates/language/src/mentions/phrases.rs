//! Finds the phrases that mention somebody: their words, head, noun, title and whose title it is.

use super::names::Spotted;
use crate::{Analysis, Gender, MentionForm, NameKind, Upos, WordId};
use demarche_pack::Pack;
use demarche_pack::titles::{Gender as NounGender, Noun, NounKind};
use std::collections::BTreeSet;
use std::ops::Range;

/// What sort of mention a phrase is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum DraftKind {
    Name,
    Nominal,
    Several,
    Pronoun,
    /// A thing that "it" can take up; never becomes a mention.
    Thing,
}

/// Whose office or organ a phrase names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    /// A spotted name, by index.
    Name(usize),
    /// The phrase or pronoun with this head.
    Word(WordId),
}

/// A phrase before it is linked.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub words: Range<u32>,
    pub head: WordId,
    pub kind: DraftKind,
    pub form: MentionForm,
    /// The name in it, by index.
    pub name: Option<usize>,
    /// Its person or body noun.
    pub noun: Option<WordId>,
    /// Lemma of the noun, two words where the pack lists two.
    pub lemma: String,
    /// Entry of the noun in the pack.
    pub entry: Option<Noun>,
    /// Title in lower case without its owner.
    pub title: String,
    pub owners: Vec<Owner>,
    /// "a", "an", "some": somebody new.
    pub indefinite: bool,
    /// Has an article, a possessor or a demonstrative.
    pub definite: bool,
    pub plural: bool,
    pub former: bool,
    pub gender: Option<Gender>,
}

impl Draft {
    fn new(words: Range<u32>, head: WordId, kind: DraftKind, form: MentionForm) -> Self {
        Self {
            words,
            head,
            kind,
            form,
            name: None,
            noun: None,
            lemma: String::new(),
            entry: None,
            title: String::new(),
            owners: Vec::new(),
            indefinite: false,
            definite: false,
            plural: false,
            former: false,
            gender: None,
        }
    }

    /// True for "I", "we" and their forms.
    pub fn is_first_person(&self) -> bool {
        self.kind == DraftKind::Pronoun
            && matches!(
                self.lemma.as_str(),
                "i" | "me" | "my" | "mine" | "myself" | "we" | "us" | "our" | "ours" | "ourselves"
            )
    }

    /// Reading order: a name is reached at its first word, everything else at its head.
    pub fn order(&self) -> u32 {
        if self.kind == DraftKind::Name { self.words.start } else { self.head.0 }
    }
}

/// All phrases of a document. Order: names first, then others by position.
pub(super) fn find(analysis: &Analysis, pack: &Pack, names: &[Spotted]) -> Vec<Draft> {
    let mut finder =
        Finder { analysis, pack, names, covered: vec![None; analysis.words.len()], titles: BTreeSet::new() };
    for (number, name) in names.iter().enumerate() {
        finder.covered[name.words.start as usize..name.words.end as usize].fill(Some(number));
    }
    let mut found = Vec::new();
    for number in 0..names.len() {
        finder.name(number, &mut found);
    }
    for at in 0..analysis.words.len() as u32 {
        found.extend(finder.other(WordId(at)));
    }
    found
}

struct Finder<'a> {
    analysis: &'a Analysis,
    pack: &'a Pack,
    names: &'a [Spotted],
    /// The name that covers a word.
    covered: Vec<Option<usize>>,
    /// Title nouns that stand with a name.
    titles: BTreeSet<WordId>,
}

/// Prepositions of what belongs to a person or body noun.
const BELONGING: &[&str] = &["of", "for", "to", "at", "in", "from"];

impl Finder<'_> {
    /// The entry of a noun, with the word before it if the pack lists both together.
    fn entry(&self, word: WordId) -> Option<(String, &Noun)> {
        let held = self.analysis.word(word);
        if !matches!(held.upos, Upos::Noun | Upos::Propn | Upos::Adj) {
            return None;
        }
        let form = self.analysis.form(word).to_lowercase();
        let lemma = singular(&held.lemma.to_lowercase(), &form, held.feature("Number") == Some("Plur"));
        // "the Secretary-General": the first part is the head, the other hangs on it.
        if let Some(rest) = self.second_part(word) {
            let two = format!("{form}-{}", self.analysis.form(rest).to_lowercase());
            let noun = self.pack.titles.noun(&two);
            let lead = || self.pack.titles.noun(&form).filter(|_| self.pack.world.is_title(&two));
            if let Some(noun) = noun.or_else(lead) {
                return Some((two, noun));
            }
        }
        if held.head.is_some_and(|lead| self.second_part(lead) == Some(word)) {
            return None;
        }
        if let Some(before) = word.0.checked_sub(1).map(WordId).filter(|it| {
            self.analysis.sentence_of[it.0 as usize] == self.analysis.sentence_of[word.0 as usize]
        }) {
            let mut two = format!("{} {lemma}", self.analysis.form(before).to_lowercase());
            if before.0 > 0 && matches!(self.analysis.form(before), "-" | "’s" | "'s" | "'" | "’") {
                two = format!(
                    "{}{} {lemma}",
                    self.analysis.form(WordId(before.0 - 1)).to_lowercase(),
                    self.analysis.form(before).replace('’', "'")
                );
                two = two.replace("- ", "-");
            }
            if let Some(noun) = self.pack.titles.noun(&two) {
                return Some((two, noun));
            }
        }
        if held.upos == Upos::Adj && held.relation() == "amod" {
            return None;
        }
        [&form, &lemma].into_iter().find_map(|it| self.pack.titles.noun(it).map(|noun| (lemma.clone(), noun)))
    }

    /// The part of an office behind a hyphen, which the tree hangs on the first: "Secretary-General".
    fn second_part(&self, lead: WordId) -> Option<WordId> {
        let (hyphen, rest) = (WordId(lead.0 + 1), WordId(lead.0 + 2));
        let inside = self.analysis.sentence(lead).words.contains(&rest.0);
        let joined = inside
            && self.analysis.form(hyphen) == "-"
            && self.analysis.word(rest).head == Some(lead)
            && self.analysis.word(rest).relation() == "flat";
        joined.then_some(rest)
    }

    /// Drafts of one name: the phrase it stands in, and the bare name where that has another head.
    fn name(&mut self, number: usize, found: &mut Vec<Draft>) {
        let name = &self.names[number];
        let (words, head) = (name.words.clone(), name.head);
        let seat = name.senses.iter().all(|sense| sense.kind == demarche_pack::world::SenseKind::Metonym);
        let form = match () {
            () if name.is_demonym() => MentionForm::Demonym,
            () if seat && !name.senses.is_empty() => MentionForm::Metonym,
            () => MentionForm::Name,
        };
        if form == MentionForm::Demonym && self.analysis.word(head).relation() == "amod" {
            let mut draft = Draft::new(words, head, DraftKind::Name, form);
            draft.name = Some(number);
            found.push(draft);
            return;
        }
        let title = self.title_noun(number);
        let mut top = head;
        let mut start = self.left(head).min(words.start);
        if let Some(noun) = title {
            self.titles.insert(noun);
            start = start.min(self.left(noun)).min(noun.0);
            if self.is_under(head, noun) {
                top = noun;
            }
        }
        let end = self.right(top, false).max(self.right(head, false)).max(words.end);
        let mut draft = Draft::new(start..end, top, DraftKind::Name, form);
        draft.name = Some(number);
        draft.plural =
            self.analysis.word(head).feature("Number") == Some("Plur") && form == MentionForm::Demonym;
        if let Some(noun) = title {
            self.describe(&mut draft, noun);
        } else {
            let honorific = start..words.start;
            draft.gender = self.analysis.ids(&honorific).find_map(|word| self.honorific(word));
        }
        let apart = top != head;
        found.push(draft);
        if apart {
            let mut bare = Draft::new(words.clone(), head, DraftKind::Name, form);
            bare.name = Some(number);
            found.push(bare);
        }
        // A nationality in front of a longer name is a mention of its own: "Russian" in "Russian Foreign Ministry".
        let first = self.analysis.word(WordId(words.start));
        if words.len() > 1 && !self.names[number].is_demonym() {
            let text = self.analysis.text(first.span);
            let people =
                self.pack.world.senses(text).any(|it| it.kind == demarche_pack::world::SenseKind::Demonym);
            if people && WordId(words.start) != head {
                found.push(Draft::new(
                    words.start..words.start + 1,
                    WordId(words.start),
                    DraftKind::Name,
                    MentionForm::Demonym,
                ));
            }
        }
    }

    fn honorific(&self, word: WordId) -> Option<Gender> {
        self.pack.titles.honorific_gender(self.analysis.form(word)).map(gender)
    }

    /// The person or body noun that stands right before a name and belongs to it.
    fn title_noun(&self, number: usize) -> Option<WordId> {
        let name = &self.names[number];
        let before = self.analysis.word(name.head).head.filter(|head| head.0 < name.words.start);
        let fits = |word: WordId| {
            self.covered[word.0 as usize].is_none()
                && self.entry(word).is_some_and(|(lemma, noun)| {
                    let person = matches!(name.kind, Some(NameKind::Person))
                        || name.senses.iter().any(|sense| self.pack.world.person(&sense.actor).is_some())
                        || name.senses.is_empty() && name.kind.is_none_or(|kind| kind == NameKind::Other);
                    match noun.kind {
                        NounKind::Person | NounKind::Group => {
                            person || self.pack.titles.counterpart.contains(&lemma)
                        }
                        NounKind::Body => !person && !name.is_demonym(),
                    }
                })
        };
        let plural = |word: WordId| self.analysis.word(word).feature("Number") == Some("Plur");
        let gap = |from: u32, to: u32| {
            (from..to).any(|word| {
                let word = self.analysis.word(WordId(word));
                word.upos == Upos::Punct
                    && !matches!(self.analysis.text(word.span), "-" | "." | "\"" | "“" | "”")
            })
        };
        if let Some(noun) = before.filter(|noun| {
            let relation = self.analysis.word(name.head).relation();
            matches!(relation, "appos" | "flat" | "compound" | "nmod")
                && self.analysis.children_in(name.head, "case").all(|case| case > name.head)
                && fits(*noun)
                && !plural(*noun)
                && !gap(noun.0 + 1, name.words.start)
        }) {
            return Some(noun);
        }
        let adjacent = name.words.start.checked_sub(1).map(WordId)?;
        let same =
            self.analysis.sentence_of[adjacent.0 as usize] == self.analysis.sentence_of[name.head.0 as usize];
        if same && fits(adjacent) && !plural(adjacent) {
            return Some(adjacent);
        }
        // "Secretary of State Antony Blinken": the noun is further to the left, a child of the name.
        let children = self.analysis.children(name.head).iter().copied();
        children.filter(|child| child.0 < name.words.start).find(|child| {
            matches!(self.analysis.word(*child).relation(), "nmod" | "compound" | "flat")
                && fits(*child)
                && !gap(child.0 + 1, name.words.start)
        })
    }

    fn is_under(&self, word: WordId, above: WordId) -> bool {
        std::iter::successors(self.analysis.word(word).head, |at| self.analysis.word(*at).head)
            .take(40)
            .any(|it| it == above)
    }

    /// First word of the modifiers in front of a head.
    fn left(&self, head: WordId) -> u32 {
        let mut start = head.0;
        for child in self.analysis.children(head).iter().rev().filter(|child| **child < head) {
            let word = self.analysis.word(*child);
            let keep = match word.relation() {
                "det" | "amod" | "compound" | "nummod" | "flat" | "nmod" | "fixed" | "goeswith" => true,
                "advmod" => start < head.0 || word.feature("Degree").is_none(),
                _ => false,
            };
            if !keep {
                if word.relation() == "punct" && !matches!(self.analysis.form(*child), "-" | "–" | "\"" | "“")
                {
                    break;
                }
                if matches!(word.relation(), "case" | "mark" | "cc" | "nsubj" | "cop" | "aux" | "expl") {
                    break;
                }
                continue;
            }
            if word.relation() == "advmod" {
                continue;
            }
            let below = self.analysis.subtree(*child);
            let counted = word.relation() == "nummod";
            let lead = below.iter().find(|word| {
                let word = self.analysis.word(**word);
                counted || !(word.upos == Upos::Punct || matches!(word.relation(), "case" | "cc" | "mark"))
            });
            start = start.min(lead.map_or(child.0, |word| word.0));
        }
        // Nothing outside the sentence and nothing across a comma.
        let sentence = self.analysis.sentence(head).words.start;
        let mut from = head.0;
        while from > start.max(sentence) {
            let form = self.analysis.form(WordId(from - 1));
            if matches!(form, "," | ";" | ":" | "—" | "(" | ")" | "and") && from == head.0 {
                break;
            }
            from -= 1;
        }
        from
    }

    /// One past the last word of a phrase: what follows the head without clauses.
    fn right(&self, head: WordId, belonging: bool) -> u32 {
        let mut end = self.covered[head.0 as usize]
            .map_or(head.0 + 1, |name| self.names[name].words.end.max(head.0 + 1));
        for child in self.analysis.children(head).iter().filter(|child| **child > head) {
            let word = self.analysis.word(*child);
            let first = self.analysis.subtree(*child).first().map_or(child.0, |first| first.0);
            if first > end + 1 || child.0 < end {
                continue;
            }
            let adjacent = first == end;
            let comma = first == end + 1 && matches!(self.analysis.form(WordId(end)), "," | "(" | "“" | "\"");
            let taken = match word.relation() {
                "flat" | "fixed" | "goeswith" | "compound" => adjacent,
                "nummod" => adjacent,
                "appos" => (adjacent || comma) && self.is_apposition(head, *child),
                "nmod" => adjacent && self.belongs(*child, belonging),
                _ => false,
            };
            if taken {
                end = end.max(self.right(*child, true));
            }
        }
        end
    }

    /// One of both is a name and the other a noun: "the minister, X", "X, the minister".
    fn is_apposition(&self, head: WordId, child: WordId) -> bool {
        let named = |word: WordId| self.covered[word.0 as usize].is_some();
        named(head) != named(child) && (self.entry(head).is_some() || self.entry(child).is_some())
    }

    fn belongs(&self, child: WordId, belonging: bool) -> bool {
        let Some(case) = self.analysis.children_in(child, "case").next() else {
            return false;
        };
        let form = self.analysis.form(case);
        if self.analysis.word(child).upos == Upos::Num {
            return false;
        }
        form == "of" || belonging && BELONGING.contains(&form) && !self.is_calendar(child)
    }

    fn is_calendar(&self, word: WordId) -> bool {
        self.analysis.is_in_time(self.analysis.word(word).span)
    }

    /// Fills noun, title, owners, number, definiteness of a phrase from its noun.
    fn describe(&self, draft: &mut Draft, noun: WordId) {
        let Some((lemma, entry)) = self.entry(noun) else { return };
        let word = self.analysis.word(noun);
        draft.noun = Some(noun);
        draft.gender = entry.gender.map(gender);
        draft.entry = Some(entry.clone());
        draft.plural = word.feature("Number") == Some("Plur")
            || entry.kind == NounKind::Group
            || word.upos == Upos::Noun
                && self.analysis.form(noun).ends_with('s')
                && !lemma.ends_with('s')
                && word.feature("Number").is_none();
        draft.lemma = lemma;
        let titles = &self.pack.titles;
        let front = self.left(noun)..noun.0;
        for word in self.analysis.ids(&front) {
            let form = self.analysis.form(word).to_lowercase();
            let direct = self.analysis.word(word).head == Some(noun);
            draft.former |= titles.former.contains(&form) && direct;
            draft.indefinite |= direct
                && matches!(
                    form.as_str(),
                    "a" | "an" | "some" | "another" | "any" | "several" | "many" | "no" | "every" | "each"
                );
            draft.definite |= direct
                && (matches!(form.as_str(), "the" | "this" | "that" | "these" | "those" | "both")
                    || self.analysis.word(word).deprel == "nmod:poss");
        }
        draft.title = self.title(noun, &front, &draft.lemma);
        draft.owners = self.owners(noun, &front, &draft.title);
    }

    /// The longest known title that ends in the noun or in its "of" phrase.
    fn title(&self, noun: WordId, front: &Range<u32>, lemma: &str) -> String {
        let text = |from: u32, to: u32| {
            let span = self.analysis.word(WordId(from)).span.cover(self.analysis.word(WordId(to)).span);
            self.analysis.text(span).to_lowercase()
        };
        // "UN envoy for Yemen" is no envoy for another country, even where the packs do not know the office.
        if let Some(field) = self.field(noun) {
            let mut titles = (front.start..=noun.0).map(|from| text(from, field.0));
            let known = titles.find(|title| self.pack.world.is_title(title));
            return known
                .unwrap_or_else(|| format!("{} for {}", text(noun.0, noun.0), text(field.0, field.0)));
        }
        let mut ends = vec![noun.0];
        for child in
            self.analysis.children(noun).iter().filter(|child| **child > noun && self.belongs(**child, true))
        {
            ends.push(child.0);
            ends.push(self.right(*child, true) - 1);
        }
        ends.extend(self.second_part(noun).map(|rest| rest.0));
        ends.sort_unstable();
        ends.dedup();
        for end in ends.into_iter().rev() {
            for from in front.start..=noun.0 {
                let title = text(from, end);
                // "the head of State" is an office, whatever the network takes the State for.
                let office = || !self.pack.titles.same_office(title.trim_start_matches("the ")).is_empty();
                if self.pack.world.is_title(&title)
                    && (end == noun.0
                        || title.contains(" for ")
                        || office()
                        || self
                            .analysis
                            .ids(&(noun.0..end + 1))
                            .all(|it| self.covered[it.0 as usize].is_none()))
                {
                    // The packs leave articles out.
                    return title.strip_prefix("the ").map_or(title.clone(), str::to_owned);
                }
            }
        }
        // Plurals are looked up as singulars.
        for from in front.start..noun.0 {
            let title = format!("{} {lemma}", text(from, noun.0 - 1));
            if self.pack.world.is_title(&title) {
                return title;
            }
        }
        lemma.to_owned()
    }

    /// The country or body that an emissary of another one is sent for: "the UN envoy for Yemen".
    fn field(&self, noun: WordId) -> Option<WordId> {
        let child = self.analysis.children_in(noun, "nmod").find(|child| {
            let case = self.analysis.children_in(*child, "case").next();
            *child > noun && case.is_some_and(|case| self.analysis.form(case) == "for")
        })?;
        let owned = (self.left(noun)..noun.0).any(|word| self.covered[word as usize].is_some());
        let named = self.covered[child.0 as usize].is_some() || self.analysis.word(child).upos == Upos::Propn;
        (owned && named).then_some(child)
    }

    /// Whose noun it is: possessor, nationality or name in front, "of" phrase behind.
    fn owners(&self, noun: WordId, front: &Range<u32>, title: &str) -> Vec<Owner> {
        let mut owners = Vec::new();
        for word in self.analysis.ids(front) {
            if let Some(number) = self.covered[word.0 as usize] {
                let owner = Owner::Name(number);
                let person =
                    self.names[number].kind == Some(NameKind::Person) && self.names[number].senses.is_empty();
                if !owners.contains(&owner) && !person {
                    owners.push(owner);
                }
            } else if self.analysis.word(word).head == Some(noun)
                && self.analysis.word(word).deprel == "nmod:poss"
            {
                owners.push(Owner::Word(word));
            }
        }
        let inside = title.contains(" of ") || title.contains(" for ");
        for child in self.analysis.children(noun).iter().filter(|child| **child > noun) {
            let case = self.analysis.children_in(*child, "case").next();
            let form = case.map(|case| self.analysis.form(case));
            if self.analysis.word(*child).relation() != "nmod"
                || !matches!(form, Some("of" | "for" | "in" | "at" | "from"))
            {
                continue;
            }
            // "the ministers of Ruritania and Freedonia in Cracow": where they are is not whose they are.
            if !owners.is_empty() && matches!(form, Some("in" | "at")) {
                continue;
            }
            if inside && title.ends_with(&self.analysis.form(*child).to_lowercase()) {
                // "minister of foreign affairs of Freedonia" hangs the owner below the title.
                owners.extend(self.below(*child));
                continue;
            }
            let mut heads = vec![*child];
            // "the ministers of Ruritania and Freedonia and the High Representative": one more who meets, and no owner.
            let named = self.covered[child.0 as usize].is_some();
            heads.extend(self.analysis.children_in(*child, "conj").filter(|head| {
                let office = self.entry(*head).is_some_and(|(_, noun)| noun.kind == NounKind::Person);
                !(named && office)
            }));
            for head in heads {
                match self.covered[head.0 as usize] {
                    Some(number) => owners.push(Owner::Name(number)),
                    None => {
                        let inner = self.below(head);
                        if self.entry(head).is_some()
                            || self.analysis.word(head).upos == Upos::Pron
                            || inner.is_empty()
                        {
                            owners.push(Owner::Word(head));
                        } else {
                            owners.extend(inner);
                        }
                    }
                }
            }
        }
        owners
    }

    /// Names right below a word.
    fn below(&self, word: WordId) -> Vec<Owner> {
        let children = self.analysis.children(word).iter();
        children.filter_map(|child| self.covered[child.0 as usize]).map(Owner::Name).collect()
    }

    /// The draft of a word that is in no name.
    fn other(&self, at: WordId) -> Option<Draft> {
        let word = self.analysis.word(at);
        if self.covered[at.0 as usize].is_some() || self.titles.contains(&at) {
            return None;
        }
        if word.upos == Upos::Pron {
            return self.pronoun(at);
        }
        // "when the two talked".
        let counted = word.upos == Upos::Num && !matches!(word.relation(), "nummod" | "compound" | "flat");
        if counted && self.analysis.form(at).eq_ignore_ascii_case("two") {
            let article = self.analysis.children_in(at, "det").next()?;
            let bare = self.analysis.form(article).eq_ignore_ascii_case("the") && article.0 + 1 == at.0;
            let noun = self.analysis.children_in(at, "nmod").next().is_some();
            let mut draft = Draft::new(article.0..at.0 + 1, at, DraftKind::Several, MentionForm::Pronoun);
            (draft.lemma, draft.plural) = ("both".to_owned(), true);
            return (bare && !noun).then_some(draft);
        }
        if !matches!(word.upos, Upos::Noun | Upos::Propn)
            || matches!(word.relation(), "compound" | "flat" | "fixed" | "goeswith")
        {
            return None;
        }
        if word.deprel == "nmod:desc" || self.is_calendar(at) {
            return None;
        }
        let words = self.left(at)..self.right(at, true);
        let kind = self.kind_of(at);
        let mut draft = Draft::new(words, at, kind, MentionForm::Nominal);
        draft.plural = word.feature("Number") == Some("Plur");
        if kind != DraftKind::Thing {
            self.describe(&mut draft, at);
            let titles = &self.pack.titles;
            let two = self.analysis.ids(&(draft.words.start..at.0 + 1)).any(|it| {
                matches!(
                    self.analysis.form(it).to_lowercase().as_str(),
                    "two" | "both" | "three" | "2" | "four"
                )
            });
            let members = draft.owners.len() > 1 && draft.plural && !draft.title.is_empty();
            if draft.plural
                && (two
                    || members
                    || titles.sides.contains(&draft.lemma)
                        && matches!(draft.lemma.as_str(), "side" | "party")
                        && draft.definite)
            {
                draft.kind = DraftKind::Several;
            }
        }
        Some(draft)
    }

    fn kind_of(&self, at: WordId) -> DraftKind {
        let Some((_, entry)) = self.entry(at) else { return DraftKind::Thing };
        let word = self.analysis.word(at);
        let bare = self.left(at) == at.0;
        let acts = matches!(word.relation(), "nsubj" | "conj" | "appos") || word.deprel == "nmod:poss";
        let plural = word.feature("Number") == Some("Plur");
        match entry.kind {
            NounKind::Body if bare && !acts && !plural => DraftKind::Thing,
            // "in person", "by car and driver": a bare singular behind a preposition is nobody in particular.
            NounKind::Person
                if bare && !acts && !plural && self.analysis.children_in(at, "case").next().is_some() =>
            {
                DraftKind::Thing
            }
            _ => DraftKind::Nominal,
        }
    }

    fn pronoun(&self, at: WordId) -> Option<Draft> {
        let word = self.analysis.word(at);
        let form = self.analysis.form(at).to_lowercase();
        let both = matches!(form.as_str(), "both" | "neither") && word.relation() != "det";
        let personal = word.feature("PronType") == Some("Prs")
            || matches!(
                form.as_str(),
                "he" | "she"
                    | "they"
                    | "it"
                    | "him"
                    | "her"
                    | "them"
                    | "his"
                    | "its"
                    | "their"
                    | "we"
                    | "us"
                    | "our"
                    | "i"
                    | "my"
                    | "me"
            );
        if !(personal || both) || word.relation() == "expl" || form == "you" || form == "your" {
            return None;
        }
        let kind = if both { DraftKind::Several } else { DraftKind::Pronoun };
        let mut draft = Draft::new(at.0..at.0 + 1, at, kind, MentionForm::Pronoun);
        draft.lemma = form.clone();
        draft.plural = matches!(
            form.as_str(),
            "they"
                | "them"
                | "their"
                | "theirs"
                | "themselves"
                | "we"
                | "us"
                | "our"
                | "ours"
                | "ourselves"
                | "both"
                | "neither"
        );
        draft.gender = match form.as_str() {
            "he" | "him" | "his" | "himself" => Some(Gender::Masculine),
            "she" | "her" | "hers" | "herself" => Some(Gender::Feminine),
            "it" | "its" | "itself" => Some(Gender::Neuter),
            _ => None,
        };
        Some(draft)
    }
}

/// The gender of the packs as entities have it.
pub(super) fn gender(gender: NounGender) -> Gender {
    match gender {
        NounGender::Masculine => Gender::Masculine,
        NounGender::Feminine => Gender::Feminine,
    }
}

/// A singular for lemmas that the lemmatiser left in the plural.
fn singular(lemma: &str, form: &str, plural: bool) -> String {
    if !plural || lemma != form {
        return lemma.to_owned();
    }
    if let Some(stem) = lemma.strip_suffix("ies") {
        return format!("{stem}y");
    }
    if let Some(stem) = lemma.strip_suffix("men") {
        return format!("{stem}man");
    }
    lemma.strip_suffix('s').unwrap_or(lemma).to_owned()
}
