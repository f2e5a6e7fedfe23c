package web

// scriptTexts are what the script says that saves while somebody types.
type scriptTexts struct {
	Typing, Saving, Saved, Offline, Conflict, SignedOut, Wrong, Restored string
	SignIn                                                               string // address
}

func (q *request) scriptTexts() scriptTexts {
	return scriptTexts{
		Typing: q.t("question.script.typing"), Saving: q.t("question.script.saving"), Saved: q.t("question.script.saved", "Time", "…"),
		Offline: q.t("question.script.offline"), Conflict: q.t("question.script.conflict"), SignedOut: q.t("question.script.signed_out"),
		Wrong: q.t("question.script.wrong"), Restored: q.t("question.script.restored"), SignIn: q.path("sign-in") + "?to=" + q.URL.EscapedPath(),
	}
}
