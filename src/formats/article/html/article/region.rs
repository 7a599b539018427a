//! The part of a page that the article is in, by the method of Readability: paragraphs give points to the elements around them.

use super::measure::Page;
use crate::formats::article::html::blocks::Shape;
use crate::formats::article::html::hints::Hint;
use crate::formats::article::html::tree::NodeId;

/// The part of a page that the article is in.
pub struct Region {
    root: NodeId,
}

impl Region {
    /// Whether a block is in it.
    pub fn contains(&self, page: &Page, at: usize) -> bool {
        let holder = page.blocks.get(at).map(|b| b.holder);
        holder.is_some_and(|h| h == self.root || page.tree.ancestors(h).any(|id| id == self.root))
    }
}

/// The part that the article is in.
pub fn of(page: &Page) -> Region {
    let points = points(page);
    let best =
        (0..points.len()).filter(|at| points[*at] > 0.0).max_by(|a, b| points[*a].total_cmp(&points[*b]));
    let root = best
        .and_then(|at| page.tree.elements(NodeId::ROOT).find(|id| id.index() == at))
        .unwrap_or(NodeId::ROOT);
    Region { root: climb(page, root) }
}

fn points(page: &Page) -> Vec<f32> {
    let size = page.tree.len();
    let (mut points, mut mass, mut linked) = (vec![0.0_f32; size], vec![0_usize; size], vec![0_usize; size]);
    for (block, facts) in page.blocks.iter().zip(&page.facts) {
        if block.is_beside() {
            continue;
        }
        for id in std::iter::once(block.holder).chain(page.tree.ancestors(block.holder)) {
            mass[id.index()] += facts.weight;
            linked[id.index()] += block.linked;
        }
        if facts.furniture || facts.caption || facts.weight < 25 || matches!(block.shape, Shape::Heading(_)) {
            continue;
        }
        let own =
            (1.0 + facts.commas as f32 + (facts.weight as f32 / 100.0).min(3.0)) * (1.0 - facts.density);
        let own = if block.shape == Shape::Item { own / 2.0 } else { own };
        for (level, id) in page.tree.ancestors(block.holder).enumerate().take(5) {
            let share = match level {
                0 => 1.0,
                1 => 2.0,
                n => n as f32 * 3.0,
            };
            points[id.index()] += own / share;
        }
    }
    for id in page.tree.elements(NodeId::ROOT) {
        let at = id.index();
        let bonus = match page.hint(id) {
            Hint::Body => 1.5,
            Hint::Article => 1.1,
            Hint::None
            | Hint::Caption
            | Hint::Lead
            | Hint::Teaser
            | Hint::Embed
            | Hint::Furniture
            | Hint::Comments => 1.0,
        };
        points[at] *= bonus * (1.0 - linked[at] as f32 / mass[at].max(1) as f32);
    }
    points
}

/// Climbs to the elements around as long as they add more prose than other words.
fn climb(page: &Page, root: NodeId) -> NodeId {
    let sums = sums(page);
    let of = |id: NodeId| sums.get(id.index()).copied().unwrap_or_default();
    let (mut best, mut good) = (root, of(root).0);
    for id in page.tree.ancestors(root) {
        if matches!(page.tree.name(id), "html" | "") {
            break;
        }
        let ((more, noise), (inside, bad)) = (of(id), of(best));
        if more > inside + good / 5 && more - inside > 2 * (noise - bad) {
            (best, good) = (id, more);
        }
    }
    best
}

/// How much prose and how many other words each element has.
fn sums(page: &Page) -> Vec<(usize, usize)> {
    let mut sums = vec![(0, 0); page.tree.len()];
    for (block, facts) in page.blocks.iter().zip(&page.facts).filter(|(_, f)| !f.furniture) {
        let good = facts.weight >= 80 && facts.density < 0.3 && facts.sentence;
        for id in std::iter::once(block.holder).chain(page.tree.ancestors(block.holder)) {
            let (prose, other) = &mut sums[id.index()];
            *(if good { prose } else { other }) += facts.weight;
        }
    }
    sums
}
