use super::*;

fn abbreviations() -> Abbreviations {
    Abbreviations::parse(&demarche_pack::builtin_files(), "en").expect("built in")
}

fn words(text: &str) -> Vec<&str> {
    let cuts = Splitter::builtin().split(text, 0, text.len(), &abbreviations());
    cuts.iter().flat_map(|cut| &cut.words).map(|(start, end)| &text[*start as usize..*end as usize]).collect()
}

fn sentences(text: &str) -> Vec<&str> {
    let cuts = Splitter::builtin().split(text, 0, text.len(), &abbreviations());
    let span = |cut: &Cut| cut.words[0].0 as usize..cut.words[cut.words.len() - 1].1 as usize;
    cuts.iter().map(|cut| &text[span(cut)]).collect()
}

#[track_caller]
fn check_words(text: &str, expected: &str) {
    assert_eq!(words(text).join(" "), expected);
}

#[track_caller]
fn check_sentences(marked: &str) {
    let expected: Vec<&str> = marked.split(" | ").collect();
    assert_eq!(sentences(&expected.join(" ")), expected);
}

#[test]
fn clitics_are_words() {
    check_words("They don't know what he'll do.", "They do n't know what he 'll do .");
    check_words("It’s Russia’s move; we can’t wait.", "It ’s Russia ’s move ; we ca n’t wait .");
    check_words("He cannot and isn't gonna go.", "He can not and is n't gon na go .");
    check_words("the allies' demands", "the allies ' demands");
}

#[test]
fn numbers_and_signs() {
    check_words("It cost $1,000.50, or 3.5% more.", "It cost $ 1,000.50 , or 3.5 % more .");
    check_words("About 8,500 troops arrived at 10:30 a.m.", "About 8,500 troops arrived at 10:30 a.m.");
}

#[test]
fn addresses_are_whole() {
    check_words(
        "See https://www.un.org/en/a?b=c, or write to press@nato.int.",
        "See https://www.un.org/en/a?b=c , or write to press@nato.int .",
    );
    check_words("Go to www.kremlin.ru today.", "Go to www.kremlin.ru today .");
}

#[test]
fn hyphens_separate_words() {
    check_words("Russian-backed forces", "Russian - backed forces");
    check_words("long-range anti-tank missiles", "long - range anti-tank missiles");
    check_words("the U.S.-Russia talks", "the U.S. - Russia talks");
}

#[test]
fn quotation_marks_are_words() {
    check_words("“We are ready,” he said.", "“ We are ready , ” he said .");
    check_words("\"We're 'ready',\" he said.", "\" We 're ' ready ' , \" he said .");
}

#[test]
fn abbreviations_do_not_end_sentences() {
    check_sentences(
        "Lt. Gen. Ben Hodges met Sen. John Kennedy on Jan. 12 in Geneva. | They spoke for an hour.",
    );
    check_sentences("He cited the U.S. position. | The U.S. Army denied it.");
    check_sentences("Prof. Dr. h.c. Karl Weber agreed. | He did not say why.");
    check_sentences("Sergei V. Lavrov spoke first. | John F. Kerry listened.");
}

#[test]
fn closing_marks_belong_to_their_sentence() {
    check_sentences("“We are ready.” | The minister did not say for what.");
    check_sentences("\"Stop the troops!\" | Nobody listened.");
    check_sentences("(The ministry denies it.) | The troops stay.");
    check_sentences("“You say you ‘regret the loss of those 40 people,’” Traore said. | “That is nothing.”");
}

#[test]
fn datelines_stay_with_their_sentence() {
    check_sentences(
        "Prime Minister Shri Narendra Modi met the President of the People's Republic of China, Mr. Xi Jinping, on the margins of the 16th BRICS Summit at Kazan. | He left.",
    );
    check_sentences("BRUSSELS, Jan. 12 (Agency) — The ministers met on Monday. | They agreed on nothing.");
    check_sentences("KYIV, Ukraine (AP) — The president urged calm. | He left early.");
}

#[test]
fn missing_blank_after_a_full_stop() {
    let text = "The talks failed.The minister left.";
    assert_eq!(sentences(text), ["The talks failed.", "The minister left."]);
}

#[test]
fn blank_lines_end_sentences() {
    assert_eq!(sentences("Talks resume\n\nThe ministers met"), ["Talks resume", "The ministers met"]);
}

#[test]
fn words_and_gaps_spell_the_text() {
    for text in [
        "",
        " \n\n ",
        "\u{0}\u{7}",
        "مرحبا بالعالم. \u{202e}abc",
        "👩\u{200d}🚒!!! ok… 東京。",
        "a\u{301}́ e'''\"\"--...n't",
    ] {
        let cuts = Splitter::builtin().split(text, 0, text.len(), &abbreviations());
        let mut at = 0;
        for (start, end) in cuts.iter().flat_map(|cut| cut.words.clone()) {
            assert!(text[at..start as usize].chars().all(atoms::is_gap), "{text:?}");
            assert!(start < end);
            at = end as usize;
        }
        assert!(text[at..].chars().all(atoms::is_gap), "{text:?}");
    }
}

#[test]
fn endless_sentences_are_cut() {
    let text = "word ".repeat(5_000);
    let cuts = Splitter::builtin().split(&text, 0, text.len(), &abbreviations());
    assert!(cuts.iter().all(|cut| cut.words.len() <= MAX_WORDS));
    assert!(cuts.iter().any(|cut| cut.forced));
    assert_eq!(cuts.iter().map(|cut| cut.words.len()).sum::<usize>(), 5_000);
}
