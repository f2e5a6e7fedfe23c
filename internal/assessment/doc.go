// Package assessment keeps a city's assessment cycles and the answers of the authority, of civil society and of the residents to each
// requirement, and has them judged together with the city's statistics.
//
// It owns the tables assessment_…, the order of a cycle's states, and what an answer may hold. The judgement itself is the pure function of
// measure/scorecard. It never decides what the public sees (package publication does) nor who may write (account.Can does, asked by the doors),
// and never pools the parties' answers.
package assessment
