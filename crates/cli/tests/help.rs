//! Every example of the long help runs and ends well.

#![allow(clippy::unwrap_used, reason = "a test may stop where its ground is missing")]

mod harness;

use harness::Place;

const COMMANDS: &[&str] = &[
    "",
    "brief",
    "analyze",
    "init",
    "ingest",
    "rebuild",
    "judge",
    "ls",
    "search",
    "show",
    "who",
    "compare",
    "figures",
    "threads",
    "copies",
    "timeline",
    "verify",
    "export",
    "explain",
    "extractors",
    "parse",
    "pack new",
    "pack check",
    "pack try",
    "completions",
    "man",
];

#[test]
fn examples_of_the_help_run() {
    let place = Place::with_store();
    let mut run = 0;
    for command in COMMANDS {
        let help = place.run(&format!("{command} --help")).ends(0).out;
        let examples: Vec<&str> = help.lines().filter_map(|line| line.strip_prefix("  demarche ")).collect();
        assert!(!examples.is_empty(), "`{command} --help` has examples:\n{help}");
        for example in examples {
            let ran = place.run(example);
            // `pack try` may find that an example is not read as hoped; it must not be refused.
            assert!(
                ran.code == Some(0) || example.starts_with("pack try") && ran.code == Some(1),
                "demarche {example}: {:?}\n{}{}",
                ran.code,
                ran.out,
                ran.err
            );
            run += 1;
        }
    }
    assert!(run >= 50, "{run} examples");
}

#[test]
fn every_command_is_in_the_list() {
    let help = Place::empty().run("-h").ends(0).out;
    let named =
        help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    // Names are indented by two columns, continued descriptions by more.
    for line in named.filter(|line| line.starts_with("  ") && !line.starts_with("   ")) {
        let name = line.split_whitespace().next().unwrap();
        let known = COMMANDS.iter().any(|command| command.split(' ').next() == Some(name));
        assert!(name == "help" || known, "{name} has no tested examples");
    }
}
