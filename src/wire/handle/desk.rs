//! The desk as a whole.

use crate::{
    desk::{Desk, Filter, Page},
    model::{Chain, Family, Rating, Scale},
    text::Offsets,
    wire::{
        WireError, all_in_words,
        draw::{Drawing, scale},
        error::unread,
        example, in_words,
        page::*,
    },
};

pub fn overview(desk: &mut Desk, q: OverviewRequest) -> Result<Overview, WireError> {
    let draw = Drawing::new(desk);
    let asked = if q.articles == Some(false) { Vec::new() } else { desk.articles(&Page::whole())? };
    let articles = asked.iter().map(|a| draw.card(a)).collect::<Result<_, _>>()?;
    let (notices, only_read) = (desk.notices(), desk.only_read());
    Ok(Overview {
        path: desk.path().display().to_string(),
        seq: desk.seq()?,
        me: desk.me()?.as_ref().map(PersonDto::from),
        people: desk.people()?.iter().map(PersonDto::from).collect(),
        articles,
        any_articles: desk.has_articles(false)?,
        any_archived: desk.has_articles(true)?,
        scales: desk.scales()?.iter().map(|(id, s)| scale(id.map(|i| i.to_string()), s)).collect(),
        undo: draw.step(desk.next_undo()?)?,
        redo: draw.step(desk.next_redo()?)?,
        look_again: desk.rules_opened_claims()?,
        notices: notices.iter().map(in_words).collect(),
        notice_messages: notices,
        only_read: only_read.as_ref().map(in_words),
        only_read_message: only_read,
    })
}

/// A page of articles.
pub fn articles(desk: &mut Desk, q: ListRequest) -> Result<Vec<ArticleCard>, WireError> {
    let page = page(desk, q)?;
    let draw = Drawing::new(desk);
    Ok(desk.articles(&page)?.iter().map(|a| draw.card(a)).collect::<Result<_, _>>()?)
}

/// Every tag of the desk's articles.
pub fn tags(desk: &mut Desk, _: Nothing) -> Result<Vec<TagDto>, WireError> {
    let drawn = |(tag, count)| TagDto { tag, articles: usize::try_from(count).unwrap_or_default() };
    Ok(desk.tags()?.into_iter().map(drawn).collect())
}

/// The requested page.
pub fn page(desk: &Desk, q: ListRequest) -> Result<Page, WireError> {
    let sort = q.sort.map(|s| s.parse().map_err(unread)).transpose()?;
    let filter = |f: &String| if f == "current" { Ok(Filter::NotArchived) } else { desk.filter(f) };
    let filters = q.filters.iter().map(filter).collect::<Result<_, _>>()?;
    Ok(Page { sort, filters, skip: q.skip, most: q.most })
}

pub fn since(desk: &mut Desk, q: SinceRequest) -> Result<Since, WireError> {
    let chains = desk.changes_since(q.seq)?;
    let articles = chains.iter().filter_map(|t| match t {
        Chain::Article(id) => Some(id.to_string()),
        Chain::Source(_) | Chain::Person(_) | Chain::Scale(_) | Chain::Desk => None,
    });
    let mut articles: Vec<_> = articles.collect();
    let shared = articles.len() < chains.len();
    articles.extend(desk.statuses_since(q.seq)?.iter().map(|a| a.to_string()));
    articles.sort();
    articles.dedup();
    Ok(Since { seq: desk.seq()?, articles, shared })
}

pub fn search(desk: &mut Desk, q: SearchRequest) -> Result<Vec<Hit>, WireError> {
    let found = desk.search(&q.words)?.into_iter();
    Ok(found
        .map(|f| Hit {
            kind: f.kind.to_string(),
            id: f.id.map_or_else(|| f.title.clone(), |id| id.to_string()),
            article: f.article.map(|a| a.to_string()),
            marks: Marks {
                title: PageForm::spans(&Offsets::new(&f.title), &f.in_title),
                excerpt: PageForm::spans(&Offsets::new(&f.excerpt), &f.in_excerpt),
            },
            title: f.title,
            excerpt: f.excerpt,
        })
        .collect())
}

pub fn check(desk: &mut Desk, _: Nothing) -> Result<Checked, WireError> {
    let found = desk.check()?;
    Ok(Checked {
        faults: all_in_words(&found.faults),
        fault_messages: found.faults,
        actions: found.actions,
        facts: found.facts,
    })
}

pub fn backup(desk: &mut Desk, q: PathRequest) -> Result<Written, WireError> {
    desk.backup(q.path.as_ref())?;
    Ok(Written { path: q.path })
}

/// Does nothing: one connection runs no jobs. A session stops the job.
pub fn cancel(_: &mut Desk, _: CancelRequest) -> Result<Nothing, WireError> {
    Ok(Nothing {})
}

pub fn undo(desk: &mut Desk, q: StepRequest) -> Result<Stepped, WireError> {
    let seen = q.seen.parse().map_err(unread)?;
    let done = desk.undo(Some(seen))?;
    stepped(desk, done)
}

pub fn redo(desk: &mut Desk, q: StepRequest) -> Result<Stepped, WireError> {
    let seen = q.seen.parse().map_err(unread)?;
    let done = desk.redo(Some(seen))?;
    stepped(desk, done)
}

fn stepped(desk: &Desk, s: crate::desk::Stepped) -> Result<Stepped, WireError> {
    let stands = s.article.is_some_and(|a| desk.summary(a).is_ok());
    let article = s.article.map(|a| a.to_string());
    Ok(Stepped { stands, label: crate::wire::draw::label(&s.action), article, draft_kept: s.draft_kept })
}

pub fn example(desk: &mut Desk, _: Nothing) -> Result<ArticleRequest, WireError> {
    let article = example::make(desk)?;
    Ok(ArticleRequest { article: article.to_string() })
}

pub fn introduce(desk: &mut Desk, q: IntroduceRequest) -> Result<PersonDto, WireError> {
    let p = match q.another {
        true => desk.introduce_another(&q.name, &q.initials)?,
        false => desk.introduce(&q.name, &q.initials)?,
    };
    Ok((&p).into())
}

pub fn switch(desk: &mut Desk, q: SwitchRequest) -> Result<PersonDto, WireError> {
    Ok((&desk.switch_to(q.person.parse().map_err(unread)?)?).into())
}

pub fn scales(desk: &mut Desk, _: Nothing) -> Result<Vec<ScaleDto>, WireError> {
    Ok(desk.scales()?.iter().map(|(id, s)| scale(id.map(|i| i.to_string()), s)).collect())
}

pub fn add_scale(desk: &mut Desk, q: AddScaleRequest) -> Result<ScaleDto, WireError> {
    let rating = |r: RatingDto| {
        let family: Family = r.family.parse().map_err(unread)?;
        Ok::<_, WireError>(Rating {
            slug: r.slug,
            label: r.label,
            family,
            value: r.value,
            meaning: r.meaning,
        })
    };
    let made = Scale { name: q.name, ratings: q.ratings.into_iter().map(rating).collect::<Result<_, _>>()? };
    let id = desk.add_scale(made.clone())?.value;
    Ok(scale(Some(id.to_string()), &made))
}
