//! `suggestion ...`

use super::{
    Context,
    args::{Revise, SuggestionArgs, SuggestionWhat},
    display::{one_line, status_label},
    output::{Failure, Output},
    reading, revisions,
};
use crate::{
    desk::{self, Desk, DeskError, Done, Revised},
    messages::quoted,
    model::{ArticleId, SuggestionId},
    wire::script,
};
use serde_json::{Value, json};

/// `suggestion ...`
pub fn suggestion(context: &Context, args: SuggestionArgs) -> Result<Output, Failure> {
    match args.what {
        SuggestionWhat::List { article, all } => list(context, &article, all),
        SuggestionWhat::Show { suggestion } => show(context, &suggestion),
        SuggestionWhat::Accept { suggestions, note } => {
            decide(context, &suggestions, |desk, article, ids| desk.accept_suggestions(article, ids, note))
        }
        SuggestionWhat::Reject { suggestions, note } => {
            decide(context, &suggestions, |desk, article, ids| desk.reject_suggestions(article, ids, note))
        }
        SuggestionWhat::Make { article, quote, occurrence, with } => {
            let mut desk = context.open()?;
            let article = desk.article_named(&article)?;
            let span = desk.find_quote(article, &quote, occurrence)?;
            let made = desk.suggest(article, None, span, &with)?.value;
            made_output(&desk, article, &[made])
        }
    }
}

/// `revise --suggest`: the differences between the newest revision and a file's text become suggestions.
pub fn revise(context: &Context, args: Revise) -> Result<Output, Failure> {
    let encoding = reading::encoding(args.encoding.as_deref())?;
    let bytes = desk::read_input(&args.file)?;
    let mut desk = context.open()?;
    let article = desk.article_named(&args.article)?;
    let read = desk.version_text(article, &args.file, &bytes, encoding)?;
    if !args.replace {
        desk.expect_related(article, &read.text, &desk::file_name(&args.file))?;
    }
    let made = desk.suggest_text(article, &read.text)?.value;
    let mut output = made_output(&desk, article, &made)?;
    output.json["left_out"] = super::proposed::all_left_out(&read).into();
    output.json["encoding"] = read.encoding.as_str().into();
    output.text = reading::told(&read) + &output.text;
    Ok(output)
}

/// What was suggested.
fn made_output(desk: &Desk, article: ArticleId, made: &[SuggestionId]) -> Result<Output, Failure> {
    let reading = desk.read(article, None)?;
    let all = script::suggestions(desk, &reading, |id, _| made.contains(&id))?;
    let text: String = all.iter().map(lines).collect();
    Ok(Output::new(json!({ "article": article.to_string(), "suggestions": all }), text))
}

fn list(context: &Context, article: &str, all: bool) -> Result<Output, Failure> {
    let desk = context.open()?;
    let reading = desk.read(desk.article_named(article)?, None)?;
    let found = script::suggestions(&desk, &reading, |_, state| all || state.is_undecided())?;
    let text: String = match found.is_empty() {
        true => "No suggestions.".into(),
        false => found.iter().map(lines).collect(),
    };
    Ok(Output::new(found.into(), text))
}

fn show(context: &Context, suggestion: &str) -> Result<Output, Failure> {
    let desk = context.open()?;
    let (article, id) = desk.suggestion_named(suggestion)?;
    let reading = desk.read(article, None)?;
    desk.suggestion_view(&reading, id)?;
    let found = script::suggestions(&desk, &reading, |other, _| other == id)?;
    let text = found.iter().map(lines).collect::<String>();
    Ok(Output::new(found.into_iter().next().into(), text))
}

/// Decides suggestions of one article in one action. If one does not wait, the answer is "no", and nothing is recorded.
fn decide(
    context: &Context,
    given: &[String],
    decide: impl FnOnce(&mut Desk, ArticleId, &[SuggestionId]) -> Result<Done<Revised>, DeskError>,
) -> Result<Output, Failure> {
    let mut desk = context.open()?;
    let found = given.iter().map(|s| desk.suggestion_named(s)).collect::<Result<Vec<_>, _>>()?;
    let article = found.first().map(|(a, _)| *a).ok_or_else(|| Failure("name a suggestion".into()))?;
    if found.iter().any(|(a, _)| *a != article) {
        return Err(Failure(
            "these suggestions are of several articles; decide those of one at a time".into(),
        ));
    }
    let mut ids: Vec<SuggestionId> = Vec::new();
    for (_, id) in found {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    let done = match decide(&mut desk, article, &ids) {
        Ok(done) => done,
        Err(DeskError::NotOpen(why)) => return not_open(&desk, article, &ids, why.to_string()),
        Err(other) => return Err(other.into()),
    };
    revisions::revised(&desk, article, &done.value)
}

/// The answer "no" (exit 1): one of them does not wait.
fn not_open(desk: &Desk, article: ArticleId, ids: &[SuggestionId], why: String) -> Result<Output, Failure> {
    let reading = desk.read(article, None)?;
    let waiting = reading.state.waiting(reading.revision.id);
    let state = |id: &SuggestionId| {
        let number = desk.number_of(id.0)?;
        Ok::<_, Failure>(json!({ "number": number, "state": waiting.state_of(*id).as_str() }))
    };
    let states = ids.iter().map(state).collect::<Result<Vec<_>, _>>()?;
    let json = json!({ "article": article.to_string(), "decided": false, "suggestions": states });
    Ok(Output { no: Some(format!("{why}; nothing was recorded")), ..Output::new(json, "") })
}

/// A suggestion for people, and what accepting it does.
fn lines(s: &Value) -> String {
    // A break of paragraphs is shown in its line.
    let word =
        |field: &str| one_line(&s[field].as_str().unwrap_or_default().replace("\n\n", "¶")).into_owned();
    let author = s["author"].as_str().map(|a| format!(", {}", one_line(a))).unwrap_or_default();
    let (words, with) = (quoted(&word("words")), quoted(&word("with")));
    let change = match &*word("kind") {
        "insert" => format!("+ {with}"),
        "delete" => format!("- {words}"),
        "move" => format!("{with} moves"),
        _ => format!("{words} → {with}"),
    };
    let mut text = format!("{} ({}{author}): {change}\n", s["number"], word("state"));
    for e in s["effects"].as_array().into_iter().flatten() {
        let status = |field: &str| {
            e[field].as_str().and_then(|s| s.parse().ok()).map(status_label).unwrap_or_default()
        };
        let why = one_line(e["words"].as_str().unwrap_or_default());
        let why = if why.is_empty() { String::new() } else { format!(": {why}") };
        text += &match status("now") == status("then") {
            true => format!("  C{} stays {}{why}\n", e["number"], status("then")),
            false => format!("  C{} becomes {}{why}\n", e["number"], status("then")),
        };
    }
    text
}
