using System.Collections.Immutable;
using ConsultHub.Conferences;

namespace ConsultHub.Lectures;

/// <summary>The limits of one lecture. They keep the state of the lecture small, whatever the audience does.</summary>
public static class LectureLimits
{
    public const int Questions = 1_000,
        PendingOfOnePerson = 5,
        Polls = 100,
        Hands = 500,
        Crew = 60,
        StageTurns = 500,
        SlideTurns = 10_000,
        FeaturedTurns = 2_000,
        VoteTurns = 60,
        Announcements = 500,
        Agreements = 200;
    public const int CaptionLines = 5_000,
        CaptionLanguages = 12,
        VotersInPoll = 50_000,
        QuestionVotes = 500_000;
    public const int LongestQuestion = 500,
        LongestChoice = 120,
        LongestCaption = 300,
        LongestAnnouncement = 300,
        Choices = 10;
}

/// <summary>The outcome of a command: events or a refusal.</summary>
/// <param name="Events">Empty if nothing changes.</param>
/// <param name="Number">
///     The number of the new question, of the new caption line, or of the new or rewritten poll. Null for other commands.
/// </param>
public sealed record LectureOutcome(ImmutableArray<LectureEvent> Events, LectureRefused? Refused = null, int? Number = null)
{
    public static LectureOutcome Of(params ReadOnlySpan<LectureEvent> events) => new([.. events]);

    public static LectureOutcome Refuse(Code code, string message) => new([], new LectureRefused(code, message));
}

/// <summary>The values that the programme has for a session, read when its room is opened.</summary>
/// <param name="Names">The names of those speakers who are consultants, from their profiles.</param>
public sealed record SessionFacts(Conference Conference, ConferenceSession Session, ImmutableDictionary<PersonId, LocalName>? Names = null);

/// <summary>The rules of a lecture. Pure.</summary>
public static partial class LectureRules
{
    /// <summary>Decides a command that is neither a vote nor a reaction. <see cref="Count"/> decides votes.</summary>
    /// <param name="facts">Only needed for <see cref="OpenRoom"/>.</param>
    public static LectureOutcome Decide(
        LectureRoom room,
        LectureCaller caller,
        LectureCommand command,
        DateTimeOffset now,
        SessionFacts? facts = null
    )
    {
        if (!MayAsk(caller, command))
            return LectureOutcome.Refuse(
                LectureCodes.NotAllowed,
                $"This command is not allowed for the role {string.Join(", ", caller.Roles)}."
            );
        if (command is OpenRoom)
            return DecideOpen(room, facts, now);
        if (room.Lecture is not { } lecture)
            return LectureOutcome.Refuse(LectureCodes.Unknown, "Nobody has opened this room.");
        if (
            lecture.Stage == LectureStage.Ended
            && command is not (WriteCaption { Number: not null } or SetRecording or AgreeToRecording or GoOffAir)
        )
            return LectureOutcome.Refuse(LectureCodes.Ended, "The lecture has ended.");
        return command switch
        {
            SetStage set => DecideStage(room, lecture, set.Stage, now),
            SetCrew set => DecideCrew(lecture, caller, set),
            SetRecording set => DecideRecording(lecture, caller, set, now),
            AgreeToRecording agree => DecideAgreement(lecture, caller, agree, now),
            RecordFrom from => lecture.RecordedFrom is null
                ? Changed(lecture, lecture with { RecordedFrom = from.At.ToUniversalTime() })
                : LectureOutcome.Of(),
            GoOnAir go => DecideOnAir(lecture, caller, go, now),
            GoOffAir off => Changed(lecture, lecture with { OnAir = lecture.OnAir.RemoveAll(s => s.Stream == off.Stream) }),
            TakeOffAir off => Changed(lecture, lecture with { OnAir = lecture.OnAir.RemoveAll(s => s.Stream == off.Stream) }),
            HandOver hand => DecideHandOver(lecture, caller, hand),
            SetSlides set => Changed(lecture, lecture with { Slides = set.Deck, Page = set.Deck is null ? 0 : 1 }),
            TurnSlide turn => turn.Page >= 1 && turn.Page <= (lecture.Slides?.Pages ?? 0)
                ? Changed(lecture, lecture with { Page = turn.Page })
                : LectureOutcome.Refuse(LectureCodes.NoSuchPage, $"The slides have {lecture.Slides?.Pages ?? 0} pages."),
            WriteCaption write => DecideCaption(room, lecture, write, now),
            AskQuestion ask => DecideQuestion(room, caller, ask, now),
            ModerateQuestion moderate => DecideModeration(room, lecture, moderate, now),
            FeatureQuestion feature => feature.Question is not { } number
            || room.Questions.GetValueOrDefault(number) is { State: not QuestionState.Pending }
                ? Changed(lecture, lecture with { Featured = feature.Question })
                : UnknownQuestion(number),
            DraftPoll draft => DecideDraft(room, draft),
            SetPoll set => DecidePoll(room, set, now),
            Announce announce => Plain(announce.Text, LectureLimits.LongestAnnouncement) is not { } text
                ? BadText(LectureLimits.LongestAnnouncement)
                : LectureOutcome.Of(
                    new Announced(
                        new LectureAnnouncement
                        {
                            Number = NextAnnouncement(room),
                            Text = text,
                            At = now,
                            By = caller.Name,
                        }
                    )
                ),
            RaiseHand => room.Hands.ContainsKey(caller.Actor.Person) ? LectureOutcome.Of()
            : room.Hands.Count >= LectureLimits.Hands ? Full("hands")
            : LectureOutcome.Of(
                new HandRaised(
                    new RaisedHand
                    {
                        Person = caller.Actor.Person,
                        Name = caller.Name,
                        At = now,
                    }
                )
            ),
            LowerHand lower => room.Hands.ContainsKey(lower.Person ?? caller.Actor.Person)
                ? LectureOutcome.Of(new HandLowered(lower.Person ?? caller.Actor.Person))
                : LectureOutcome.Of(),
            _ => LectureOutcome.Refuse(LectureCodes.UnknownCommand, $"A lecture has no rule for the command {command.GetType().Name}."),
        };
    }

    /// <summary>Whether a person's roles allow a command.</summary>
    private static bool MayAsk(LectureCaller caller, LectureCommand command) =>
        command switch
        {
            OpenRoom or SetStage or SetRecording or RecordFrom => caller.Is(LectureRole.Host),
            SetCrew set => caller.Is(LectureRole.Host) || (caller.Is(LectureRole.Moderator) && set.Role == LectureRole.Speaker),
            GoOnAir or HandOver or SetSlides or TurnSlide => caller.Is(LectureRole.Host) || caller.Is(LectureRole.Speaker),
            WriteCaption => caller.Is(LectureRole.Captioner),
            TakeOffAir or ModerateQuestion or FeatureQuestion or DraftPoll or SetPoll or Announce => caller.Is(LectureRole.Host)
                || caller.Is(LectureRole.Moderator),
            LowerHand { Person: { } person } => person == caller.Actor.Person
                || caller.Is(LectureRole.Host)
                || caller.Is(LectureRole.Moderator),
            AgreeToRecording { Agrees: true } => caller.Is(LectureRole.Host) || caller.Is(LectureRole.Speaker),
            AgreeToRecording or GoOffAir or AskQuestion or RaiseHand or LowerHand => true,
            _ => false,
        };

    private static LectureOutcome DecideOpen(LectureRoom room, SessionFacts? facts, DateTimeOffset now)
    {
        if (facts is null || (room.Lecture is { } known && known.Conference != facts.Conference.Id))
            return LectureOutcome.Refuse(LectureCodes.UnknownSession, "The conference has no such session.");
        var (conference, session) = (facts.Conference, facts.Session);
        var before =
            room.Lecture
            ?? new Lecture
            {
                Session = session.Id,
                Conference = conference.Id,
                Title = session.Title,
                TimeZone = conference.TimeZone,
                StageSince = now,
            };
        var after = before with
        {
            Network = conference.Network,
            Title = session.Title,
            TimeZone = conference.TimeZone,
            ScheduledStart = session.Start,
            ScheduledDuration = session.Duration,
            Room = session.Room,
            Language = session.Language,
            Speakers = Same(
                before.Speakers,
                [
                    .. session.Speakers.Select(s => new LectureSpeaker(
                        s.Name,
                        s.Consultant,
                        s.Consultant is { } known ? facts.Names?.GetValueOrDefault(known) : null
                    )),
                ]
            ),
        };
        return room.Lecture is null ? LectureOutcome.Of(new LectureChanged(after)) : Changed(before, after);
    }

    /// <summary>Returns the old array if the new one has the same content, because arrays are compared by reference.</summary>
    private static ImmutableArray<LectureSpeaker> Same(ImmutableArray<LectureSpeaker> before, ImmutableArray<LectureSpeaker> now) =>
        before.SequenceEqual(now) ? before : now;

    /// <summary>Whether one stage may follow another.</summary>
    public static bool MayFollow(LectureStage from, LectureStage to) =>
        (from, to)
            is
                (LectureStage.GreenRoom, LectureStage.Live)
                or
                (LectureStage.Live, LectureStage.Break)
                or
                (LectureStage.Break, LectureStage.Live)
                or
                (LectureStage.Live or LectureStage.Break, LectureStage.Ended);

    private static LectureOutcome DecideStage(LectureRoom room, Lecture lecture, LectureStage stage, DateTimeOffset now)
    {
        if (!MayFollow(lecture.Stage, stage))
            return LectureOutcome.Refuse(LectureCodes.WrongStage, $"The stage cannot change from {lecture.Stage} to {stage}.");
        // One change of the stage is always kept free, so that the lecture can still end.
        if (room.StageTurns.Count >= LectureLimits.StageTurns - 1 && stage != LectureStage.Ended)
            return Full("changes of the stage");
        var after = lecture with { Stage = stage, StageSince = now, StartedAt = lecture.StartedAt ?? now };
        if (stage != LectureStage.Ended)
            return Changed(lecture, after);
        return LectureOutcome.Of([
            new LectureChanged(after with { EndedAt = now, OnAir = [], Featured = null }),
            .. room
                .Polls.Values.Where(p => p.State == PollState.Open)
                .Select(p => new PollChanged(p with { State = PollState.Closed, ClosedAt = now })),
            .. room.Hands.Keys.Select(p => new HandLowered(p)),
        ]);
    }

    private static LectureOutcome DecideCrew(Lecture lecture, LectureCaller caller, SetCrew set)
    {
        if (set.Role == LectureRole.Attendee)
            return LectureOutcome.Refuse(LectureCodes.BadRole, "Everybody is an attendee already.");
        var known = lecture.Crew.FirstOrDefault(c => c.Person == set.Person && c.Role == set.Role);
        if (!set.Given)
            return known is null ? LectureOutcome.Of() : Changed(lecture, lecture with { Crew = lecture.Crew.Remove(known) });
        if (known is not null)
            return LectureOutcome.Of();
        return lecture.Crew.Length >= LectureLimits.Crew
            ? Full("people in the crew")
            : Changed(lecture, lecture with { Crew = lecture.Crew.Add(new CrewMember(set.Person, set.Name, set.Role)) });
    }

    private static LectureOutcome Changed(Lecture before, Lecture after) =>
        after == before ? LectureOutcome.Of() : LectureOutcome.Of(new LectureChanged(after));

    private static LectureOutcome Full(string what) =>
        LectureOutcome.Refuse(LectureCodes.Full, $"The lecture has reached its limit of {what}.");

    private static LectureOutcome BadText(int longest) =>
        LectureOutcome.Refuse(LectureCodes.BadText, $"A text has 1 to {longest} characters.");

    /// <summary>
    /// Removes outer spaces, and control characters except line breaks. Null if nothing remains or if the text is too long.
    /// </summary>
    private static string? Plain(string? text, int longest)
    {
        if (text is null || text.Length > longest)
            return null;
        var plain = new string([.. text.Where(c => c == '\n' || !char.IsControl(c))]).Trim();
        return plain.Length == 0 ? null : plain;
    }
}
