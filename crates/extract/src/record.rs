//! Puts what an extractor found and its circumstances into a sealed record.

use crate::{Circumstances, Reading};
use demarche_record::{Body, Plover, Record, Status};

impl Reading<'_> {
    /// Builds a record from what an extractor found.
    #[allow(
        clippy::too_many_arguments,
        reason = "one call for every extractor; each argument is a part of the record"
    )]
    pub fn record(
        &self,
        extractor: &str,
        rule: &str,
        evidence: demarche_text::Span,
        around: Circumstances,
        status: Option<Status>,
        confidence: f32,
        plover: Option<Plover>,
        body: Body,
    ) -> Record {
        let evidence = self.without_credit(evidence);
        let confidence = self.pack.measured.calibrated(rule, confidence);
        Record {
            id: demarche_record::RecordId(demarche_text::ContentHash::of([])),
            document: self.analysis.document.id,
            evidence: self.words(evidence),
            when: around.when,
            places: around.places,
            attribution: around.attribution,
            status: status.unwrap_or(around.status),
            voice: around.voice,
            epoch: around.epoch,
            confidence: confidence.clamp(0.05, 0.99),
            made_by: demarche_record::MadeBy {
                extractor: extractor.to_owned(),
                rule: rule.to_owned(),
                kit: self.kit.to_owned(),
            },
            plover,
            body,
        }
        .seal()
    }

    /// Words before the credit of a photographer that a caption ends with.
    fn without_credit(&self, evidence: demarche_text::Span) -> demarche_text::Span {
        let text = &self.analysis.document.text;
        match text.slice(evidence).find('©').filter(|at| *at > 0) {
            Some(at) => text.span(evidence.start(), evidence.start() + at).unwrap_or(evidence),
            None => evidence,
        }
    }
}
