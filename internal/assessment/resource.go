package assessment

import (
	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/city"
)

// Resource is an answer, or all that an organisation answers, as account.Can knows it. Draft tells that it is not handed in. What an organisation
// says that is no part of the authority is its own word.
func Resource(cityID string, o city.Organisation, draft bool) account.Resource {
	return account.Resource{Kind: "answer", City: cityID, Organisation: o.ID, Independent: o.Kind != city.Authority, Draft: draft}
}

// Private tells whether an answer in this state is its organisation's own affair.
func (s AnswerState) Private() bool { return s == "" || s == AnswerDraft }

// WithoutDraft gives an answer as those may see it who may not see drafts: one that is being written is not there, and of one that was returned,
// which may be written anew at this moment, only that it was.
func (e Entry) WithoutDraft() Entry {
	if e.State.Judges() {
		return e
	}
	bare := Entry{Answer: Answer{Requirement: e.Requirement, Organisation: e.Organisation}, Party: e.Party}
	if e.State == AnswerReturned {
		bare.State = AnswerReturned
	}
	return bare
}

// Draft tells whether a change is a part of writing, which those do not see who may not see drafts.
func (c Change) Draft() bool {
	return c.How == Typed || c.How == Kept || c.How == TakenBack || c.How == Aside
}
