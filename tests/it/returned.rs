//! Word files that come back: what they bring, and that nothing else happens.

use crate::support::{BRIDGE, Opened, Place, edited, unzipped, with_part};
use proptest::prelude::*;
use serde_json::Value;
use tickmark::{
    desk::{FileGiven, read_article},
    formats::interchange::Format,
    model::{ChangesAs, ReadOptions, Unwatched},
};

const WHEN: &str = "2025-06-05T10:00:00Z";

/// A desk with a claim, a query on it and a query on the article; revision 2 changes the year.
fn desk() -> Place {
    let place = Place::with_bridge();
    place.mark("It is 240 metres long.");
    place.json(&["verdict", "C1", "true", "--rationale", "On the sign."]);
    place.json(&["query", "ask", "1", "Who measured it?", "--claim", "C1"]);
    place.json(&["query", "ask", "1", "Whose article is it?"]);
    place.revise(&BRIDGE.replace("1911", "1912"));
    place
}

/// The article as a Word file with the changes since revision 1, edited, and the path of that.
fn sent(place: &Place, edit: impl Fn(&[u8]) -> Vec<u8>) -> String {
    let to = place.path("sent.docx");
    place.json(&["export", "1", "--to", &to, "--force", "--format", "docx", "--changes-since", "1"]);
    let file = edit(&std::fs::read(&to).unwrap());
    place.file("back.docx", file)
}

fn text(place: &Place) -> String {
    place.json(&["article", "1"])["text"].as_str().unwrap().to_owned()
}

/// A comment of somebody else.
fn comment(id: usize, paragraph: &str, words: &str) -> String {
    format!(
        "<w:comment w:id=\"{id}\" w:author=\"Out Sider\" w:date=\"{WHEN}\" w:initials=\"OS\"><w:p w14:paraId=\"{paragraph}\">\
         <w:r><w:t>{words}</w:t></w:r></w:p></w:comment></w:comments>"
    )
}

/// Adds a comment with the same place as the comment `like`; with a parent, if its paragraph is named.
fn with_comment(file: &[u8], id: usize, like: usize, words: &str, parent: Option<&str>) -> Vec<u8> {
    let paragraph = format!("7A0000{id:02}");
    let file = with_part(file, "word/comments.xml", |xml| {
        xml.replace("</w:comments>", &comment(id, &paragraph, words))
    });
    let file = with_part(&file, "word/commentsExtended.xml", |xml| {
        let parent = parent.map(|p| format!(" w15:paraIdParent=\"{p}\"")).unwrap_or_default();
        let entry =
            format!("<w15:commentEx w15:paraId=\"{paragraph}\"{parent} w15:done=\"0\"/></w15:commentsEx>");
        xml.replace("</w15:commentsEx>", &entry)
    });
    edited(&file, |xml| {
        let (begin, end) = (
            format!("<w:commentRangeStart w:id=\"{like}\"/>"),
            format!("<w:commentRangeEnd w:id=\"{like}\"/>"),
        );
        let reference =
            format!("<w:commentRangeEnd w:id=\"{id}\"/><w:r><w:commentReference w:id=\"{id}\"/></w:r>");
        xml.replace(&begin, &format!("{begin}<w:commentRangeStart w:id=\"{id}\"/>"))
            .replace(&end, &format!("{end}{reference}"))
    })
}

/// The id of the last paragraph of a comment.
fn paragraph_of(file: &[u8], comment: usize) -> String {
    let found = std::cell::RefCell::new(String::new());
    with_part(file, "word/comments.xml", |xml| {
        let own = xml.split(&format!("<w:comment w:id=\"{comment}\"")).nth(1).unwrap();
        let own = own.split("</w:comment>").next().unwrap();
        let id = own.rsplit("w14:paraId=\"").next().unwrap().split('"').next().unwrap();
        *found.borrow_mut() = id.to_owned();
        xml.to_owned()
    });
    found.into_inner()
}

#[test]
fn a_file_that_nobody_touched_brings_nothing() {
    let place = desk();
    let file = sent(&place, <[u8]>::to_vec);
    let before = place.actions();
    let look = place.json(&["revise", "1", &file, "--look"]);
    assert_eq!((look["is_ours"].as_bool(), look["base"].as_i64()), (Some(true), Some(2)));
    for nothing in ["edits", "suggestions", "answers", "queries", "ours"] {
        assert_eq!(look[nothing].as_array().map(Vec::len), Some(0), "{nothing}: {look}");
    }
    assert!(place.refused(&["revise", "1", &file]).contains("brings nothing new"));
    assert_eq!(place.actions(), before);
}

#[test]
fn typed_words_are_a_direct_edit_and_tracked_ones_a_suggestion_in_one_action() {
    let place = desk();
    let insert = format!(
        "<w:ins w:id=\"901\" w:author=\"Out Sider\" w:date=\"{WHEN}\"><w:r><w:t xml:space=\"preserve\">old </w:t></w:r></w:ins>"
    );
    let file = sent(&place, |file| {
        edited(file, |xml| {
            let xml = xml.replace("a flood", "a storm");
            let at = xml.find("<w:r><w:t xml:space=\"preserve\">The bridge was closed").unwrap();
            format!("{}{insert}{}", &xml[..at], &xml[at..])
        })
    });
    let before = text(&place);
    let look = place.json(&["revise", "1", &file, "--look"]);
    assert_eq!(
        (look["edits"][0]["words"].as_str(), look["edits"][0]["with"].as_str()),
        (Some("flood"), Some("storm"))
    );
    assert_eq!(look["suggestions"][0]["with"], "old ");
    assert_eq!(text(&place), before, "looking records nothing");
    let actions = place.actions();
    let done = place.json(&["revise", "1", &file]);
    assert_eq!(place.actions(), actions + 1);
    assert_eq!(done["is_new"], true);
    assert_eq!(text(&place), before.replace("flood", "storm"));
    let open = place.json(&["suggestion", "list", "1"]);
    assert_eq!(open.as_array().unwrap().len(), 1);
    assert_eq!((open[0]["author"].as_str(), open[0]["with"].as_str()), (Some("Out Sider"), Some("old ")));
    place.json(&["suggestion", "accept", &open[0]["number"].to_string()]);
    assert!(
        text(&place).contains("\n\nold The bridge was closed in 2019 after a storm."),
        "{}",
        text(&place)
    );
    place.json(&["undo"]);
    place.json(&["undo"]);
    assert_eq!(text(&place), before);
    assert_eq!(place.json(&["suggestion", "list", "1"]).as_array().unwrap().len(), 0);
}

#[test]
fn a_file_made_on_an_older_revision_is_merged_and_a_conflict_is_decided() {
    let place = desk();
    let file =
        sent(&place, |file| edited(file, |xml| xml.replace("a flood", "a storm").replace("240", "250")));
    place.revise(&BRIDGE.replace("1911", "1912").replace("5,000", "6,000").replace("240", "260"));
    let no = place.run(&["--json", "revise", "1", &file]);
    assert_eq!(no.status.code(), Some(1));
    let done = place.json(&["revise", "1", &file, "--take", "theirs"]);
    assert_eq!((done["merged"].as_bool(), done["decided"].as_i64()), (Some(true), Some(1)));
    let now = text(&place);
    assert!(
        now.contains("1912. It is 250 metres") && now.contains("a storm") && now.contains("6,000"),
        "{now}"
    );
}

#[test]
fn a_reply_is_an_answer_also_where_its_parent_was_lost_and_a_second_return_adds_nothing() {
    let place = desk();
    let reply = |parent: bool| {
        sent(&place, |file| {
            let id = paragraph_of(file, 1);
            with_comment(file, 50, 1, "The town did.", parent.then_some(id.as_str()))
        })
    };
    let lost = reply(false);
    let look = place.json(&["revise", "1", &lost, "--look"]);
    assert_eq!(
        (look["answers"][0]["query"].as_i64(), look["answers"][0]["text"].as_str()),
        (Some(1), Some("The town did."))
    );
    let file = reply(true);
    let done = place.json(&["revise", "1", &file]);
    assert_eq!((done["is_new"].as_bool(), done["answered"][0].as_i64()), (Some(false), Some(1)));
    let queries = place.json(&["query", "list", "1"]);
    let asked = queries.as_array().unwrap().iter().find(|q| q["number"] == 1).unwrap();
    assert_eq!(asked["answers"][0]["text"], "The town did.");
    assert!(asked["answers"][0].to_string().contains("Out Sider"), "{asked}");
    assert!(place.refused(&["revise", "1", &file]).contains("brings nothing new"));
    assert!(place.refused(&["revise", "1", &lost]).contains("brings nothing new"));
}

#[test]
fn a_reply_to_a_claim_is_a_query_on_it_and_a_new_comment_a_query_with_its_words() {
    let place = desk();
    let file = sent(&place, |file| {
        let file = with_comment(file, 50, 0, "Not on my map.", Some(&paragraph_of(file, 0)));
        let file = with_part(&file, "word/comments.xml", |xml| {
            xml.replace("</w:comments>", &comment(51, "7A000099", "Which flood?"))
        });
        edited(&file, |xml| {
            let run = "<w:r><w:t xml:space=\"preserve\">The bridge was closed";
            let end = "<w:commentRangeEnd w:id=\"51\"/><w:r><w:commentReference w:id=\"51\"/></w:r></w:p>";
            let at = xml.find(run).unwrap();
            let close = at + xml[at..].find("</w:p>").unwrap();
            format!(
                "{}<w:commentRangeStart w:id=\"51\"/>{}{end}{}",
                &xml[..at],
                &xml[at..close],
                &xml[close + "</w:p>".len()..]
            )
        })
    });
    place.json(&["revise", "1", &file]);
    let queries = place.json(&["query", "list", "1"]);
    let with =
        |words: &str| queries.as_array().unwrap().iter().find(|q| q["text"] == words).cloned().unwrap();
    assert_eq!(with("Not on my map.")["claim"], place.json(&["claim", "list", "1"])[0]["claim"]);
    assert_eq!(with("Which flood?")["claim"], Value::Null);
    assert_eq!(queries.as_array().unwrap().len(), 4);
}

#[test]
fn what_became_of_our_comments_is_listed_and_nothing_is_recorded_of_it() {
    let place = desk();
    let file = sent(&place, |file| {
        let file = with_part(file, "word/comments.xml", |xml| xml.replace("On the sign.", "On a sign."));
        let file = with_part(&file, "word/comments.xml", |xml| {
            let at = xml.find("<w:comment w:id=\"2\"").unwrap();
            format!("{}</w:comments>", &xml[..at])
        });
        with_part(&file, "word/commentsExtended.xml", |xml| xml.replace("w15:done=\"0\"", "w15:done=\"1\""))
    });
    let ours = place.json(&["revise", "1", &file, "--look"])["ours"].clone();
    let found: Vec<String> = ours
        .as_array()
        .unwrap()
        .iter()
        .map(|o| format!("{} {} {}", o["claim"], o["query"], o["what"].as_str().unwrap()))
        .collect();
    assert_eq!(found, ["1 null changed", "null 1 resolved", "null 2 gone"]);
    assert!(place.refused(&["revise", "1", &file]).contains("brings nothing new"));
    assert_eq!(place.json(&["query", "list", "1"]).as_array().unwrap().len(), 2);
}

#[test]
fn another_articles_file_is_refused_with_its_name() {
    let place = desk();
    let other = place.file("other.md", "# Other news\n\nNothing happened.\n");
    place.json(&["import", &other]);
    let file = sent(&place, <[u8]>::to_vec);
    let before = place.actions();
    assert!(place.refused(&["revise", "2", &file]).contains("The bridge at Karsk"));
    assert_eq!(place.actions(), before);
    let elsewhere = Place::with_bridge();
    let there = elsewhere.file("x.docx", std::fs::read(&file).unwrap());
    assert!(elsewhere.refused(&["revise", "1", &there]).contains("does not have"));
}

#[test]
fn a_word_file_that_no_desk_wrote_is_the_next_revision_with_its_changes_as_suggestions() {
    let place = desk();
    let file = sent(&place, |file| {
        let file =
            with_part(file, "docProps/custom.xml", |xml| xml.replace("name=\"Tickmark\"", "name=\"Other\""));
        let file = with_part(&file, "word/comments.xml", |xml| xml.replace("Tickmark ", "Remark "));
        edited(&file, |xml| xml.replace("a flood", "a storm"))
    });
    let look = place.json(&["revise", "1", &file, "--look"]);
    assert_eq!(look["is_ours"], false);
    let done = place.json(&["revise", "1", &file]);
    assert_eq!(done["is_new"], true);
    let now = text(&place);
    assert!(now.contains("built in 1911") && now.contains("a storm"), "{now}");
    let open = place.json(&["suggestion", "list", "1"]);
    assert_eq!((open[0]["words"].as_str(), open[0]["with"].as_str()), (Some("1911"), Some("1912")));
}

#[test]
fn the_window_sees_what_a_file_brings_and_takes_it() {
    let place = desk();
    let file = sent(&place, |file| {
        let file = with_comment(file, 50, 1, "The town did.", Some(&paragraph_of(file, 1)));
        edited(&file, |xml| xml.replace("a flood", "a storm"))
    });
    let article = place.json(&["article", "1"])["article"].clone();
    let ask = serde_json::json!({ "article": article, "path": file, "draft": null, "base": null });
    let view = place.call("returned.look", &ask);
    assert_eq!((view["edits"].as_i64(), view["merge"]["conflicts"].as_i64()), (Some(1), Some(0)));
    assert_eq!(view["answers"][0]["query"], 1);
    let mut take = ask.clone();
    take["newest"] = view["merge"]["newest"]["id"].clone();
    (take["decisions"], take["note"]) = (serde_json::json!([]), Value::Null);
    let taken = place.call("returned.take", &take);
    assert_eq!((taken["answers"].as_i64(), taken["suggestions"].as_i64()), (Some(1), Some(0)));
    assert!(text(&place).contains("a storm"));
    assert_eq!(place.called("returned.take", &take)["error"]["code"], "revised_elsewhere");
}

#[test]
fn open_suggestions_go_out_as_tracked_changes_and_are_known_when_they_come_back() {
    let place = desk();
    place.json(&["suggestion", "make", "1", "--quote", "a flood", "--with", "a storm"]);
    place.json(&["suggestion", "make", "1", "--quote", "It is 240 metres long.", "--with", ""]);
    let file = sent(&place, <[u8]>::to_vec);
    let document = unzipped(&file).into_iter().find(|(name, _)| name == "word/document.xml").unwrap().1;
    let document = String::from_utf8(document).unwrap();
    assert!(document.contains(">a storm</w:t>") && document.contains(">a flood</w:delText>"), "{document}");
    let look = place.json(&["revise", "1", &file, "--look"]);
    assert_eq!(
        (look["known_suggestions"].as_i64(), look["edits"].as_array().map(Vec::len)),
        (Some(2), Some(0)),
        "{look}"
    );
    assert!(place.refused(&["revise", "1", &file]).contains("brings nothing new"));
    assert_eq!(place.json(&["suggestion", "list", "1"]).as_array().unwrap().len(), 2);
}

/// The first words of a paragraph, with an insertion of somebody else before them.
fn inserting(words: &str, before: &'static str) -> impl Fn(&[u8]) -> Vec<u8> {
    let insert = format!(
        "<w:ins w:id=\"901\" w:author=\"Out Sider\" w:date=\"{WHEN}\"><w:r><w:t xml:space=\"preserve\">{words}</w:t></w:r></w:ins>"
    );
    move |file| {
        edited(file, |xml| {
            let at = xml.find(&format!("<w:r><w:t xml:space=\"preserve\">{before}")).expect("the paragraph");
            format!("{}{insert}{}", &xml[..at], &xml[at..])
        })
    }
}

#[test]
fn a_change_that_was_decided_does_not_come_back_with_the_same_file() {
    let place = desk();
    let file = sent(&place, inserting("old ", "The bridge was closed"));
    for how in ["accept", "reject"] {
        place.json(&["revise", "1", &file]);
        let number = place.json(&["suggestion", "list", "1"])[0]["number"].to_string();
        place.json(&["suggestion", how, &number]);
        let now = text(&place);
        let look = place.json(&["revise", "1", &file, "--look"]);
        assert_eq!(look["known_suggestions"], 1, "{how}: {look}");
        let _ = place.run(&["revise", "1", &file]);
        assert_eq!(place.json(&["suggestion", "list", "1"]), serde_json::json!([]), "{how}");
        assert_eq!(text(&place), now, "{how}");
        place.json(&["undo"]);
        place.json(&["suggestion", "reject", &number]);
        place.json(&["undo"]);
        place.json(&["undo"]);
    }
}

#[test]
fn a_decided_suggestion_that_went_out_does_not_come_back() {
    let place = desk();
    place.json(&["suggestion", "make", "1", "--quote", "a flood", "--with", "a storm"]);
    let file = sent(&place, <[u8]>::to_vec);
    place.json(&["suggestion", "accept", "1"]);
    let now = text(&place);
    assert_eq!(place.json(&["revise", "1", &file, "--look"])["known_suggestions"], 1);
    let _ = place.run(&["revise", "1", &file]);
    assert_eq!((text(&place), place.json(&["suggestion", "list", "1"])), (now, serde_json::json!([])));
}

#[test]
fn a_file_that_lost_its_property_takes_nothing_back() {
    let place = desk();
    let file = sent(&place, |file| {
        with_part(file, "docProps/custom.xml", |_| {
            "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties\"/>"
                .into()
        })
    });
    place.revise(&BRIDGE.replace("1911", "1913"));
    let now = text(&place);
    assert!(place.refused(&["revise", "1", &file]).contains("--base"));
    assert_eq!(text(&place), now);
}

/// Two texts of one article, as people edit: paragraphs of all kinds are changed, added, taken away, moved.
fn revisions() -> impl Strategy<Value = (String, String)> {
    let block = prop::sample::select(vec![
        "The bridge was built in 1911. It is long.",
        "The bridge was closed in 2019 after a flood.",
        "About 5,000 people cross it every day.",
        "## History",
        "### Floods",
        "- one ferry\n- two ferries\n- three ferries",
        "- one ferry\n- three boats",
        "1. first\n2. second",
        "1. first\n2. other\n3. second",
        "> It is safe,\n> she said.",
        "| year | people |\n| 1911 | 40 |",
        "| year | people |\n| 1912 | 40 |\n| 1920 | 50 |",
        "A verse\nin two lines",
        "A verse\nof three\nin lines",
        "גשר ישן.",
    ]);
    let text = |blocks: Vec<&str>| format!("# The bridge\n\n{}\n", blocks.join("\n\n"));
    let blocks = || prop::collection::vec(block.clone(), 1..7);
    (blocks(), blocks(), 0..6usize).prop_map(move |(old, other, cut)| {
        let new = old.iter().take(cut).chain(other.iter().skip(cut)).copied().collect::<Vec<_>>();
        let new = if new.is_empty() { other } else { new };
        (text(old), text(new))
    })
}

/// The number of random files: many more with TICKMARK_LONG=1.
fn cases() -> u32 {
    if std::env::var_os("TICKMARK_LONG").is_some() { 300 } else { 16 }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), ..ProptestConfig::default() })]

    #[test]
    fn a_file_with_changes_comes_back_as_the_text_it_was_and_both_texts_are_in_it((old, new) in revisions()) {
        prop_assume!(old != new);
        let mut opened = Opened::with(&old);
        let first = opened.desk.read(opened.article, None).unwrap().revision.id;
        opened.revise(&new);
        let word = Format::named("docx").unwrap();
        let bytes = opened.desk.export_bytes(opened.article, word, Some(first)).unwrap().bytes;
        let file = FileGiven { name: "x.docx", bytes: &bytes, base: None, may_replace: false, draft: None };
        let brought = opened.desk.look_at_returned(opened.article, file).unwrap();
        prop_assert_eq!(&brought.text, &opened.text());
        prop_assert!(brought.edits.is_empty() && brought.has_only_edits(), "{:?}", brought);
        // Numbers of lists are counted by the reader, not tracked.
        let letters = |t: &str| t.chars().filter(|c| c.is_alphabetic()).collect::<String>();
        for (changes, text) in [(ChangesAs::Reject, &old), (ChangesAs::Accept, &new)] {
            let read = read_article(&bytes, &ReadOptions { changes, ..ReadOptions::default() }, &Unwatched).unwrap();
            prop_assert_eq!(letters(&read.text), letters(text));
        }
    }
}
