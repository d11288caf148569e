using System.Collections.Immutable;

namespace ConsultHub.Lectures;

/// <summary>The rules for questions, polls and votes.</summary>
public static partial class LectureRules
{
    private static LectureOutcome DecideQuestion(LectureRoom room, LectureCaller caller, AskQuestion ask, DateTimeOffset now)
    {
        if (Plain(ask.Text, LectureLimits.LongestQuestion) is not { } text)
            return BadText(LectureLimits.LongestQuestion);
        if (room.Questions.Count >= LectureLimits.Questions)
            return Full("questions");
        if (
            room.Questions.Values.Count(q => q.State == QuestionState.Pending && room.Askers[q.Number] == caller.Actor.Person)
            >= LectureLimits.PendingOfOnePerson
        )
            return LectureOutcome.Refuse(
                LectureCodes.TooManyQuestions,
                $"{LectureLimits.PendingOfOnePerson} of your questions are already waiting for a moderator."
            );
        var question = new Question
        {
            Number = room.LastQuestion + 1,
            Text = text,
            Name = ask.Anonymous ? null : caller.Name,
            At = now,
        };
        return LectureOutcome.Of(new QuestionAsked(question, caller.Actor.Person)) with { Number = question.Number };
    }

    private static LectureOutcome DecideModeration(LectureRoom room, Lecture lecture, ModerateQuestion moderate, DateTimeOffset now)
    {
        if (!room.Questions.TryGetValue(moderate.Question, out var question))
            return UnknownQuestion(moderate.Question);
        // A question that is removed or answered is no longer shown large.
        ImmutableArray<LectureEvent> unfeatured =
            lecture.Featured == question.Number ? [new LectureChanged(lecture with { Featured = null })] : [];
        var seen = question.State == QuestionState.Pending ? question with { ApprovedAt = now } : question;
        return moderate.Verdict switch
        {
            QuestionVerdict.Approve => question.State == QuestionState.Approved
                ? LectureOutcome.Of()
                : LectureOutcome.Of(new QuestionChanged(seen with { State = QuestionState.Approved, AnsweredAt = null })),
            QuestionVerdict.Answer => question.State == QuestionState.Answered
                ? LectureOutcome.Of()
                : LectureOutcome.Of([new QuestionChanged(seen with { State = QuestionState.Answered, AnsweredAt = now }), .. unfeatured]),
            QuestionVerdict.Dismiss => LectureOutcome.Of([new QuestionGone(question.Number), .. unfeatured]),
            QuestionVerdict.Merge => moderate.Into is { } into
            && into != question.Number
            && room.Questions.GetValueOrDefault(into) is { State: not QuestionState.Pending }
                ? LectureOutcome.Of([new QuestionGone(question.Number, into), .. unfeatured])
                : LectureOutcome.Refuse(
                    LectureCodes.BadMerge,
                    "A question can only be merged into another question that has been approved."
                ),
            _ => LectureOutcome.Refuse(LectureCodes.UnknownCommand, "There is no such verdict."),
        };
    }

    private static LectureOutcome DecideDraft(LectureRoom room, DraftPoll draft)
    {
        if (Plain(draft.Question, LectureLimits.LongestAnnouncement) is not { } question)
            return BadText(LectureLimits.LongestAnnouncement);
        ImmutableArray<string?> choices = draft.Choices.IsDefault
            ? []
            : [.. draft.Choices.Select(c => Plain(c, LectureLimits.LongestChoice))];
        if (choices.Length is < 2 or > LectureLimits.Choices || choices.Contains(null) || choices.Distinct().Count() < choices.Length)
            return LectureOutcome.Refuse(
                LectureCodes.BadChoices,
                $"A poll has 2 to {LectureLimits.Choices} different choices of 1 to {LectureLimits.LongestChoice} characters."
            );
        if (draft.Poll is { } number && room.Polls.GetValueOrDefault(number)?.State != PollState.Draft)
            return LectureOutcome.Refuse(LectureCodes.NotDraft, "Only a poll that has not been opened can be rewritten.");
        if (draft.Poll is null && room.Polls.Count >= LectureLimits.Polls)
            return Full("polls");
        var poll = new Poll
        {
            Number = draft.Poll ?? room.LastPoll + 1,
            Question = question,
            Choices = [.. choices!],
            Multiple = draft.Multiple,
        };
        return LectureOutcome.Of(new PollChanged(poll)) with { Number = poll.Number };
    }

    private static LectureOutcome DecidePoll(LectureRoom room, SetPoll set, DateTimeOffset now)
    {
        if (room.Polls.GetValueOrDefault(set.Poll) is not { } poll)
            return LectureOutcome.Refuse(LectureCodes.UnknownPoll, "There is no such poll.");
        var tally = room.Tallies.GetValueOrDefault(set.Poll);
        return (poll.State, set.State) switch
        {
            (PollState.Draft, null) => LectureOutcome.Of(new PollDropped(poll.Number)),
            (PollState.Draft, PollState.Open) => LectureOutcome.Of(new PollChanged(poll with { State = PollState.Open, OpenedAt = now })),
            (PollState.Open, PollState.Closed) => LectureOutcome.Of(
                new PollChanged(poll with { State = PollState.Closed, ClosedAt = now })
            ),
            (PollState.Open or PollState.Closed, PollState.Shown) => LectureOutcome.Of(
                new PollChanged(
                    poll with
                    {
                        State = PollState.Shown,
                        Counts = tally!.Counts,
                        Voters = tally.Voters,
                        ClosedAt = poll.State == PollState.Open ? now : poll.ClosedAt,
                        ShownAt = now,
                    }
                )
            ),
            _ when poll.State == set.State => LectureOutcome.Of(),
            _ => LectureOutcome.Refuse(
                LectureCodes.WrongPollState,
                $"{(set.State is null ? "Dropping" : set.State)} cannot follow the state {poll.State}."
            ),
        };
    }

    /// <summary>Decides several votes together, in order.</summary>
    /// <returns>
    ///     Cast: the votes that count, or null if no vote counts. Codes: for each vote, the code of the refusal, or null if the vote
    ///     counts.
    /// </returns>
    public static (VotesCast? Cast, ImmutableArray<string?> Codes) Count(LectureRoom room, ImmutableArray<Vote> votes)
    {
        var codes = ImmutableArray.CreateBuilder<string?>(votes.Length);
        var (questions, ballots) = (ImmutableArray.CreateBuilder<QuestionVote>(), ImmutableArray.CreateBuilder<Ballot>());
        var left = LectureLimits.QuestionVotes - room.Questions.Values.Sum(q => q.Votes);
        foreach (var vote in votes)
        {
            var code = Fault(room, vote.Command, questions.Count >= left, ballots.Count);
            codes.Add(code);
            if (code is not null)
                continue;
            if (vote.Command is VoteForQuestion forQuestion)
                questions.Add(new QuestionVote(vote.Person, forQuestion.Question, forQuestion.For));
            else if (vote.Command is VoteInPoll inPoll)
                ballots.Add(new Ballot(vote.Person, inPoll.Poll, inPoll.Choices.Aggregate(0, (bits, choice) => bits | (1 << choice))));
        }
        return (
            questions.Count + ballots.Count == 0 ? null : new VotesCast(questions.DrainToImmutable(), ballots.DrainToImmutable()),
            codes.MoveToImmutable()
        );
    }

    private static string? Fault(LectureRoom room, LectureCommand command, bool questionsFull, int ballotsBefore)
    {
        if (room.Lecture is not { } lecture)
            return LectureCodes.Unknown;
        if (lecture.Stage == LectureStage.Ended)
            return LectureCodes.Ended;
        switch (command)
        {
            case VoteForQuestion vote:
                return room.Questions.GetValueOrDefault(vote.Question) is not { State: QuestionState.Approved }
                        ? LectureCodes.UnknownQuestion
                    : questionsFull ? LectureCodes.Full
                    : null;
            case VoteInPoll vote:
                if (room.Polls.GetValueOrDefault(vote.Poll) is not { State: not PollState.Draft } poll)
                    return LectureCodes.UnknownPoll;
                if (poll.State != PollState.Open)
                    return LectureCodes.PollClosed;
                if (
                    vote.Choices.IsDefaultOrEmpty
                    || (!poll.Multiple && vote.Choices.Length > 1)
                    || vote.Choices.Any(c => c < 0 || c >= poll.Choices.Length)
                )
                    return LectureCodes.BadChoices;
                return room.Ballots[vote.Poll].Count + ballotsBefore >= LectureLimits.VotersInPoll ? LectureCodes.Full : null;
            default:
                return LectureCodes.UnknownCommand;
        }
    }

    private static int NextAnnouncement(LectureRoom room) => room.Announcements.IsEmpty ? 1 : room.Announcements[^1].Number + 1;

    private static LectureOutcome UnknownQuestion(int number) =>
        LectureOutcome.Refuse(LectureCodes.UnknownQuestion, $"There is no question {number}.");
}
