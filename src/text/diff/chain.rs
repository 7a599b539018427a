//! The heaviest chain of anchors that keep their order on both sides: a longest increasing
//! subsequence with weights (Fredman 1975, with a Fenwick tree of maxima), in n log n steps.

/// Elements that both sides share: `len` of them, starting at `old` and at `new`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Anchor {
    pub old: u32,
    pub new: u32,
    pub len: u32,
    pub weight: u32,
}

/// For each anchor, whether it is in the heaviest chain. `anchors` are in order of `old` and do not overlap.
pub(super) fn heaviest(anchors: &[Anchor]) -> Vec<bool> {
    if anchors.windows(2).all(|w| w[0].new < w[1].new) {
        return vec![true; anchors.len()];
    }
    let mut order: Vec<u32> = anchors.iter().map(|a| a.new).collect();
    order.sort_unstable();
    let mut best = Maxima(vec![(0, u32::MAX); order.len() + 1]);
    let mut before = Vec::with_capacity(anchors.len());
    for (i, anchor) in anchors.iter().enumerate() {
        let rank = order.partition_point(|&new| new < anchor.new);
        let (weight, last) = best.below(rank);
        before.push(last);
        best.raise(rank, (weight + u64::from(anchor.weight), i as u32));
    }
    let mut chain = vec![false; anchors.len()];
    let (_, mut at) = best.below(order.len());
    while at != u32::MAX {
        chain[at as usize] = true;
        at = before[at as usize];
    }
    chain
}

/// Prefix maxima: the heaviest chain that ends before a rank, and its last anchor.
struct Maxima(Vec<(u64, u32)>);

impl Maxima {
    fn below(&self, rank: usize) -> (u64, u32) {
        let (mut at, mut best) = (rank, (0, u32::MAX));
        while at > 0 {
            if self.0[at].0 > best.0 {
                best = self.0[at];
            }
            at &= at - 1;
        }
        best
    }

    fn raise(&mut self, rank: usize, to: (u64, u32)) {
        let mut at = rank + 1;
        while at < self.0.len() {
            if to.0 > self.0[at].0 {
                self.0[at] = to;
            }
            at += at & at.wrapping_neg();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heaviest_chain_wins_over_the_longest() {
        let anchor = |old, new, weight| Anchor { old, new, len: 1, weight };
        let crossed = [anchor(0, 5, 9), anchor(1, 1, 2), anchor(2, 2, 2), anchor(3, 3, 2)];
        assert_eq!(heaviest(&crossed), [true, false, false, false]);
        let light = [anchor(0, 5, 3), anchor(1, 1, 2), anchor(2, 2, 2), anchor(3, 6, 2)];
        assert_eq!(heaviest(&light), [false, true, true, true]);
    }
}
