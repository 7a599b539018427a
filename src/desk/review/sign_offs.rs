//! Sign-offs: a second person agrees with a verdict on exact words. A sign-off names the verdict, so it is void when the
//! verdict is.

use crate::desk::{Desk, DeskError, Done, Standings, claims::mark::non_blank};
use crate::{
    messages::message,
    model::{ActionKind, ArticleId, Chain, ClaimId, Fact, FactId, Noted, SignOff, Standing, comparable_name},
};

impl Desk {
    /// Agrees with the current verdict of a claim. Refused for one's own verdict and for a verdict that does not hold.
    pub fn sign_off(
        &mut self,
        (article, claim): (ArticleId, ClaimId),
        note: Option<String>,
    ) -> Result<Done<FactId>, DeskError> {
        let reading = self.read(article, None)?;
        let view = self.claim_view(&reading, claim)?;
        let none = || DeskError::refused(message!("refused_sign_off_no_verdict"));
        let (verdict, by) = view.verdict().map(|v| (v.stamp.fact, v.stamp.by)).ok_or_else(none)?;
        let name = |id| reading.state.people.get(&id).map(|p| comparable_name(&p.name));
        let mine = match self.me()? {
            Some(me) => Some(comparable_name(&me.name)),
            None => self.my_name().map(|n| comparable_name(&n)),
        };
        if self.my_id() == Some(by) || mine.is_some_and(|mine| Some(mine) == name(by)) {
            return Err(DeskError::refused(message!("refused_sign_off_own")));
        }
        let standing = Standings::new(&reading).of(view);
        if standing.standing != Standing::Checked {
            return Err(DeskError::refused(message!("refused_sign_off_stale")));
        }
        if self.judging()?.opens(&standing) {
            return Err(DeskError::refused(message!("refused_sign_off_context")));
        }
        if view.agreed().any(|s| Some(s.stamp.by) == self.my_id()) {
            return Err(DeskError::NoChange(message!("unchanged_sign_off")));
        }
        let fact = SignOff { claim, verdict, note: non_blank(note), taken_back: false };
        self.act(ActionKind::SignOff, Chain::Article(article), |act| Ok(act.record(Fact::SignOff(fact))))
    }

    /// Undoes one's own sign-off of a claim's verdict.
    pub fn take_back_sign_off(
        &mut self,
        (article, claim): (ArticleId, ClaimId),
    ) -> Result<Done<FactId>, DeskError> {
        let reading = self.read(article, None)?;
        let view = self.claim_view(&reading, claim)?;
        let mine = view.agreed().find(|s| Some(s.stamp.by) == self.my_id()).cloned();
        let none = || DeskError::refused(message!("refused_sign_off_not_mine"));
        let Noted { value, stamp } = mine.ok_or_else(none)?;
        let fact = SignOff { taken_back: true, ..value };
        self.act(ActionKind::TakeBackSignOff, Chain::Article(article), |act| {
            Ok(act.replace(Fact::SignOff(fact), vec![stamp.fact]))
        })
    }
}
