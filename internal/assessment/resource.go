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
