//! Applies lemma rules: edit scripts from a form to its dictionary form.

use serde::Deserialize;

/// How the base of a lemma is written.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Case {
    /// As in the text.
    Keep,
    /// Lower case.
    Lower,
    /// Lower case, then the first letter raised.
    Title,
    /// Lower case, then all letters raised.
    Upper,
}

/// One rule.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(untagged, deny_unknown_fields)]
pub enum LemmaRule {
    /// The lemma itself.
    Whole {
        /// The lemma.
        whole: String,
    },
    /// Cut characters off both ends and put others there.
    Script {
        /// How the base is written.
        case: Case,
        /// Characters to drop in front.
        cut_prefix: usize,
        /// What to put in front.
        add_prefix: String,
        /// Characters to drop behind.
        cut_suffix: usize,
        /// What to put behind.
        add_suffix: String,
    },
}

impl LemmaRule {
    /// The lemma of a form.
    pub fn apply(&self, form: &str) -> String {
        match self {
            Self::Whole { whole } => whole.clone(),
            Self::Script { case, cut_prefix, add_prefix, cut_suffix, add_suffix } => {
                let base = if *case == Case::Keep { form.to_owned() } else { form.to_lowercase() };
                let length = base.chars().count();
                if cut_prefix + cut_suffix > length {
                    return form.to_lowercase();
                }
                let mut lemma = add_prefix.clone();
                lemma.extend(base.chars().skip(*cut_prefix).take(length - cut_prefix - cut_suffix));
                lemma.push_str(add_suffix);
                match case {
                    Case::Keep | Case::Lower => lemma,
                    Case::Upper => lemma.to_uppercase(),
                    Case::Title => {
                        let mut chars = lemma.chars();
                        chars
                            .next()
                            .map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(rule: &str, form: &str, expected: &str) {
        let rule: LemmaRule = serde_json::from_str(rule).expect("a rule");
        assert_eq!(rule.apply(form), expected);
    }

    #[test]
    fn rules_cut_add_and_write() {
        check(r#"{"whole": "be"}"#, "were", "be");
        let cut = r#"{"case":"lower","cut_prefix":0,"add_prefix":"","cut_suffix":1,"add_suffix":""}"#;
        check(cut, "Leaders", "leader");
        check(
            r#"{"case":"lower","cut_prefix":0,"add_prefix":"","cut_suffix":3,"add_suffix":"y"}"#,
            "tried",
            "try",
        );
        check(
            r#"{"case":"keep","cut_prefix":0,"add_prefix":"","cut_suffix":0,"add_suffix":""}"#,
            "Kyiv",
            "Kyiv",
        );
        check(
            r#"{"case":"title","cut_prefix":0,"add_prefix":"","cut_suffix":0,"add_suffix":""}"#,
            "PARIS",
            "Paris",
        );
        check(
            r#"{"case":"lower","cut_prefix":2,"add_prefix":"","cut_suffix":2,"add_suffix":""}"#,
            "Été",
            "été",
        );
    }
}
