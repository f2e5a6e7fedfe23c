package web

import (
	"net/http"
	"net/url"
)

// A session may end while somebody writes. What they send then is not lost: the page for signing in carries it, and when they are signed in, it
// is shown to them once more, in its form. It never leaves the browser and the answer to it.

// signInAgain asks somebody to sign in who has sent a form. A script is told by the status alone.
func (q *request) signInAgain() answer {
	if wantsJSON(q) {
		return answer{kind: "application/json", body: []byte(`{"signedOut":true}`), status: http.StatusUnauthorized}
	}
	_ = q.ParseForm() // what cannot be read stays away
	return q.signInPage(signView{To: q.localPath(q.URL.Path), Kept: q.PostForm.Encode(), Saved: q.t("sign.kept")}, http.StatusUnauthorized)
}

type goOnView struct {
	To     string
	Fields []sentField
}

// goOnWith leads somebody who has signed in again back to the form that they had sent.
func (q *request) goOnWith(to, kept string) (answer, error) {
	form, err := url.ParseQuery(kept)
	if err != nil {
		return answer{redirect: to}, nil //nolint:nilerr // no form of ours
	}
	form.Del("do")
	return q.page(q.t("sign.again_title"), []string{"desk"}, view{Section: "desk", Body: goOnPage(q.locale, goOnView{To: to, Fields: hiddenFields(form)})}), nil
}
