package locale

import "testing"

func TestAPseudoLocaleMarksTheMessagesWordsOnly(t *testing.T) {
	set, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	plain, _ := set.Get("en")
	wide, _ := set.Pseudo().Get("en")
	if got, want := wide.T("layout.operator", "Operator", "Aldea"), "Ｔｈｉｓ ｎｏｄｅ ｉｓ ｏｐｅｒａｔｅｄ ｂｙ Aldea."; got != want {
		t.Errorf("it says %q, want %q", got, want)
	}
	if got := wide.T("city.more_figures", "Count", 2); got == plain.T("city.more_figures", "Count", 2) {
		t.Errorf("a plural form is not marked: %q", got)
	}
	if got := plain.T("layout.operator", "Operator", "Aldea"); got != "This node is operated by Aldea." {
		t.Errorf("the set itself was changed: %q", got)
	}
}
