//! What a source keeps to himself: "declined to comment", "asked not to be named". Such formulas of the newsroom are neither
//! positions nor events.

use crate::Reading;
use demarche_language::WordId;

impl Reading<'_> {
    /// True if a verb with what it governs only says that somebody does not speak, or not under his name.
    pub(crate) fn withholds(&self, verb: WordId, content: WordId) -> bool {
        let cues = &self.pack.cues;
        let lemma = self.lemma(content);
        if !self.is_verb(content) {
            return cues.is_sourcing(lemma);
        }
        let declines = self.lemma(verb) == "decline";
        let told = || self.child(content, "obj").map(|object| self.lemma(object));
        self.is_passive(content) && cues.is_naming(lemma)
            || (declines || self.lemma(verb) == "refuse")
                && (cues.is_withheld(lemma) || told().is_some_and(|object| cues.is_handing(lemma, object)))
            || declines && cues.is_withheld_politely(lemma)
    }

    /// True for what is told under the condition of not being named: "spoke on condition of anonymity".
    pub(crate) fn speaks_unnamed(&self, verb: WordId) -> bool {
        let sources = |noun: WordId| {
            self.lemma(noun) == "condition"
                && self.behind(noun, &["of"]).into_iter().any(|it| self.pack.cues.is_sourcing(self.lemma(it)))
        };
        self.behind(verb, &["on", "under"]).into_iter().any(sources)
    }

    /// The same for whatever the verb governs.
    pub(crate) fn withholds_all(&self, verb: WordId) -> bool {
        if let Some(above) = self.word(verb).head.filter(|_| self.word(verb).relation() == "xcomp")
            && self.is_verb(verb)
            && self.withholds(above, verb)
        {
            return true;
        }
        let asks = matches!(self.lemma(verb), "ask" | "request" | "insist" | "want" | "decline" | "refuse");
        asks && ["xcomp", "advcl", "obj", "obl"].iter().any(|relation| {
            self.analysis.children_in(verb, relation).any(|content| self.withholds(verb, content))
        })
    }
}
