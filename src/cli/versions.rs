//! `versions`: an article with which several people went on at once.

use super::{
    Context,
    args::VersionsArgs,
    display::counted,
    output::{Failure, Output},
    returned::undecided,
    revisions::{self, decision},
};
use crate::{
    desk::Desk,
    model::{ArticleId, RevisionId},
};
use serde_json::{Value, json};

/// `versions A`
pub fn versions(context: &Context, args: &VersionsArgs) -> Result<Output, Failure> {
    let mut desk = context.open()?;
    let article = desk.article_named(&args.article)?;
    match &args.with {
        None => list(&desk, article),
        Some(other) => {
            let other = desk.revision_named(article, other)?;
            merge(&mut desk, article, other, args)
        }
    }
}

fn list(desk: &Desk, article: ArticleId) -> Result<Output, Failure> {
    let (mut rows, mut text) = (Vec::new(), String::new());
    let versions = desk.versions(article)?;
    for version in &versions {
        let reading = desk.read(article, Some(*version))?;
        let stamp = &reading.revision.stamp;
        let by = desk.person(stamp.by)?.map(|p| p.name).unwrap_or_default();
        let number = desk.number_of(version.0)?;
        rows.push(
            json!({ "revision": number, "by": by, "at": stamp.at.to_string(), "newest": reading.newest }),
        );
        let newest = if reading.newest { ", the newest" } else { "" };
        text += &format!("Revision {number} by {by}, {}{newest}\n", stamp.at);
    }
    if let [other, .., newest] = versions[..] {
        let proposed = desk.propose_version(article, other)?;
        let (other, newest) = (desk.number_of(other.0)?, desk.number_of(newest.0)?);
        let conflicts = proposed.merge.conflicts().count();
        text += &format!(
            "Changed in both: {}; '--with {other}' merges revision {newest} with it\n",
            counted(conflicts, "sentence")
        );
    }
    Ok(Output::new(Value::Array(rows), text))
}

fn merge(
    desk: &mut Desk,
    article: ArticleId,
    other: RevisionId,
    args: &VersionsArgs,
) -> Result<Output, Failure> {
    let (seen, decided) = (desk.read(article, None)?.revision.id, args.take.map(decision));
    match desk.merge_version(article, other, seen, |_| decided.clone())? {
        Ok(merged) => revisions::revised(desk, article, &merged),
        Err(open) => undecided(revisions::conflicts(desk, article, &open)?),
    }
}
