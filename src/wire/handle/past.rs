//! The article's past: an earlier state, its timeline, and who wrote its words.

use crate::desk::{Authored, Desk, Point};
use crate::{
    messages::message,
    text::Offsets,
    wire::{WireError, draw::Drawing, error::unread, page::*},
};

pub fn then(desk: &mut Desk, q: ThenRequest) -> Result<ArticleView, WireError> {
    let article = desk.article_named(&q.article)?;
    let reading = desk.read_after(article, q.action.parse().map_err(unread)?)?;
    Drawing::new(desk).article(&reading)
}

pub fn timeline(desk: &mut Desk, q: ArticleRequest) -> Result<Vec<TimelinePoint>, WireError> {
    let points = desk.timeline(desk.article_named(&q.article)?)?;
    let draw = Drawing::new(desk);
    points.iter().map(|p| point(&draw, p)).collect()
}

fn point(draw: &Drawing, point: &Point) -> Result<TimelinePoint, WireError> {
    let [unchecked, checked, stale, orphaned] = point.standings;
    Ok(TimelinePoint {
        revision: draw.revision(&point.revision, None)?,
        until: point.until.to_string(),
        words: point.words,
        claims: point.standings.iter().sum(),
        checked,
        stale,
        orphaned,
        unchecked,
    })
}

pub fn blame(desk: &mut Desk, q: BlameRequest) -> Result<Vec<AuthoredDto>, WireError> {
    let article = desk.article_named(&q.article)?;
    let revision = q.revision.map(|r| desk.revision_named(article, &r)).transpose()?;
    let text = desk.read(article, revision)?.text;
    let (offsets, draw) = (Offsets::new(&text), Drawing::new(desk));
    let authored = desk.blame(article, revision)?;
    authored.iter().map(|a| drawn(&draw, &offsets, a)).collect()
}

fn drawn(draw: &Drawing, offsets: &Offsets, authored: &Authored) -> Result<AuthoredDto, WireError> {
    let outside = || unread(message!("wire_words_outside"));
    Ok(AuthoredDto {
        span: PageForm::span(offsets, authored.span).ok_or_else(outside)?,
        revision: authored.by.id.to_string(),
        number: draw.number(authored.by.id.0)?,
        by: draw.person(authored.by.stamp.by)?,
        at: authored.by.stamp.at.to_string(),
    })
}
