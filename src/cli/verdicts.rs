//! `verdict`, `reaffirm` and `scale`.

use super::{
    Context,
    args::{Reaffirm, Scale, ScaleWhat, Verdict, VerdictWhat},
    display::{one_line, status_label},
    output::{Failure, Output},
};
use crate::desk::{Desk, EvidenceChoice, WithVerdict};
use crate::{
    messages::message,
    model::{ArticleId, ClaimId, FactId, Rating, Scale as Steps},
};
use serde_json::json;

/// `verdict`, `verdict withdraw`
pub fn verdict(context: &Context, args: Verdict) -> Result<Output, Failure> {
    let mut desk = context.open()?;
    if let Some(VerdictWhat::Withdraw { claim }) = args.what {
        let named = desk.claim_named(&claim)?;
        let fact = desk.withdraw_verdict(named)?.value;
        return answer(&desk, named, fact);
    }
    let (Some(claim), Some(rating), Some(rationale)) = (args.claim, args.rating, args.rationale) else {
        return Err(Failure("a verdict needs a claim, a rating and --rationale".into()));
    };
    let named = desk.claim_named(&claim)?;
    let evidence = match args.evidence.parse()? {
        // Evidence that is not named stays unchanged.
        EvidenceChoice::Keep => Vec::new(),
        choice => desk.evidence_for_earlier_words(named)?.into_iter().map(|e| (e, choice)).collect(),
    };
    let given = (rating.as_str(), args.scale.as_deref(), rationale.as_str());
    let fact = desk.give_verdict_with(named, given, WithVerdict { evidence, add: None })?.value;
    answer(&desk, named, fact)
}

/// `reaffirm`
pub fn reaffirm(context: &Context, args: Reaffirm) -> Result<Output, Failure> {
    let mut desk = context.open()?;
    let rationale = args.rationale.as_deref();
    if let [claim] = args.claims.as_slice() {
        let named = desk.claim_named(claim)?;
        let fact = desk.reaffirm(named, rationale)?.value;
        return answer(&desk, named, fact);
    }
    let (article, claims) = match &args.all_context {
        Some(article) => {
            let article = desk.article_named(article)?;
            (article, desk.changed_contexts(article)?)
        }
        None => of_one_article(&desk, &args.claims)?,
    };
    if claims.is_empty() {
        return Err(Failure(message!("unchanged_contexts").to_string()));
    }
    desk.reaffirm_all(article, &claims, rationale)?;
    answers(&desk, article, &claims)
}

/// Several claims, and the article that all of them are in.
fn of_one_article(desk: &Desk, given: &[String]) -> Result<(ArticleId, Vec<ClaimId>), Failure> {
    let named = given.iter().map(|c| desk.claim_named(c)).collect::<Result<Vec<_>, _>>()?;
    let (article, _) = *named.first().ok_or_else(|| Failure("name a claim".into()))?;
    match named.iter().all(|(other, _)| *other == article) {
        true => Ok((article, named.into_iter().map(|(_, claim)| claim).collect())),
        false => Err(Failure("the claims are in several articles; name those of one article".into())),
    }
}

/// How several claims are now, in one answer.
fn answers(desk: &Desk, article: ArticleId, claims: &[ClaimId]) -> Result<Output, Failure> {
    let (mut all, mut text) = (Vec::new(), String::new());
    let reading = desk.read(article, None)?;
    for claim in claims {
        let view = reading.state.claim(*claim).and_then(|c| c.verdict());
        let fact = view.map(|v| v.stamp.fact).ok_or_else(|| Failure("the claim has no verdict".into()))?;
        let one = answer(desk, (article, *claim), fact)?;
        let mut json = one.json;
        json["number"] = desk.number_of(claim.0)?.into();
        all.push(json);
        text += &one.text;
    }
    Ok(Output::new(json!({ "verdicts": all }), text))
}

fn answer(desk: &Desk, (article, claim): (ArticleId, ClaimId), fact: FactId) -> Result<Output, Failure> {
    let reading = desk.read(article, None)?;
    let view =
        reading.state.claim(claim).ok_or_else(|| Failure("the claim is not in this article".into()))?;
    let standing = desk.standings(&reading).of(view).standing;
    let rating = view.verdict().map(|v| v.verdict.rating.slug.clone());
    let text = format!(
        "C{} {}{}",
        desk.number_of(claim.0)?,
        status_label(standing),
        rating.as_ref().map(|r| format!(", {r}")).unwrap_or_default()
    );
    Ok(Output::new(
        json!({ "verdict": fact.to_string(), "rating": rating, "standing": standing.as_str() }),
        text,
    ))
}

/// `scale list`, `scale add`
pub fn scale(context: &Context, args: Scale) -> Result<Output, Failure> {
    match args.what {
        ScaleWhat::List => list(context),
        ScaleWhat::Add { name, ratings } => {
            let ratings = ratings.iter().map(|r| rating(r)).collect::<Result<_, _>>()?;
            let mut desk = context.open_or_create()?;
            let id = desk.add_scale(Steps { name: name.clone(), ratings })?.value;
            Ok(Output::new(json!({ "scale": id.to_string(), "name": name }), format!("Scale '{name}' added")))
        }
    }
}

fn list(context: &Context) -> Result<Output, Failure> {
    let desk = context.open()?;
    let (mut all, mut text) = (Vec::new(), String::new());
    for (id, scale) in desk.scales()? {
        text += &format!("{}\n", one_line(&scale.name));
        for r in &scale.ratings {
            text += &format!(
                "  {:<14} {} ({}): {}\n",
                r.slug,
                one_line(&r.label),
                r.family,
                one_line(&r.meaning)
            );
        }
        let rating = |r: &Rating| json!({ "slug": r.slug, "label": r.label, "family": r.family.as_str(), "value": r.value, "meaning": r.meaning });
        let ratings: Vec<_> = scale.ratings.iter().map(rating).collect();
        all.push(json!({ "scale": id.map(|i| i.to_string()), "name": scale.name, "ratings": ratings }));
    }
    Ok(Output::new(all.into(), text))
}

/// Reads SLUG|LABEL|FAMILY|VALUE|MEANING.
fn rating(given: &str) -> Result<Rating, Failure> {
    let mut parts = given.splitn(5, '|').map(str::trim);
    let (Some(slug), Some(label), Some(family)) = (parts.next(), parts.next(), parts.next()) else {
        return Err(Failure(format!(
            "'{given}' is not a rating: write SLUG|LABEL|FAMILY, such as 'verified|Verified|holds'"
        )));
    };
    let value =
        match parts.next().filter(|v| !v.is_empty()) {
            Some(v) => Some(v.parse().map_err(|_| {
                Failure(format!("'{v}' is not a whole number; give the rating's value as one"))
            })?),
            None => None,
        };
    let meaning = parts.next().unwrap_or_default().into();
    Ok(Rating { slug: slug.into(), label: label.into(), family: family.parse()?, value, meaning })
}
