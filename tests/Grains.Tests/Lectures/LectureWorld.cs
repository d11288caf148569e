using System.Collections.Immutable;
using ConsultHub.Conferences;
using ConsultHub.Journal;
using ConsultHub.Lectures;

namespace ConsultHub.Tests.Lectures;

/// <summary>A lecture as the rules see it, and the people in it.</summary>
internal sealed class LectureWorld
{
    public static readonly DateTimeOffset Ten = new(2026, 11, 24, 6, 0, 0, TimeSpan.Zero);
    public static readonly PersonId Speaker = new("c-speaker"),
        Second = new("c-second");
    public static readonly Conference Conference = new()
    {
        Id = new("congress"),
        Network = new("ehs"),
        Title = "Congress",
        TimeZone = "Asia/Dubai",
    };
    public static readonly ConferenceSession Session = new()
    {
        Id = new("s01"),
        Title = "Hearts",
        Start = Ten,
        Duration = TimeSpan.FromMinutes(45),
        Room = "Hall",
        Speakers = [new("Dr One", null, Speaker), new("Dr Two", null, Second), new("A guest")],
    };

    public LectureRoom Room { get; private set; } = new();
    public DateTimeOffset Now { get; set; } = Ten;
    private long _version;

    public static LectureCaller Caller(string person, params ReadOnlySpan<LectureRole> roles) =>
        new(new Actor(new PersonId(person), Role.Attendee), new LocalName(person), [LectureRole.Attendee, .. roles]);

    public static readonly LectureCaller Host = Caller("p-host", LectureRole.Host, LectureRole.Moderator, LectureRole.Captioner),
        Listener = Caller("p-attendee");

    public static LectureWorld Opened()
    {
        var world = new LectureWorld();
        world.Do(Host, new OpenRoom { CommandId = Guid.NewGuid(), Conference = Conference.Id });
        return world;
    }

    public LectureOutcome Ask(LectureCaller caller, LectureCommand command) =>
        LectureRules.Decide(Room, caller, command, Now, new SessionFacts(Conference, Session));

    public LectureOutcome Try(LectureCaller caller, LectureCommand command)
    {
        var outcome = Ask(caller, command);
        if (!outcome.Events.IsEmpty)
            Apply(outcome.Events);
        return outcome;
    }

    public LectureOutcome Do(LectureCaller caller, LectureCommand command)
    {
        var outcome = Try(caller, command);
        Assert.Null(outcome.Refused);
        return outcome;
    }

    public string? Code(LectureCaller caller, LectureCommand command) => Ask(caller, command).Refused?.Code;

    public ImmutableArray<string?> Cast(params ImmutableArray<Vote> votes)
    {
        var (cast, codes) = LectureRules.Count(Room, votes);
        if (cast is not null)
            Apply([cast]);
        return codes;
    }

    private void Apply(ImmutableArray<LectureEvent> events) =>
        Room = Room.Apply(new JournalEntry<LectureEvent>(++_version, Now, Host.Actor, Guid.NewGuid(), events, [], null, [], null));

    public void Stage(LectureStage stage) => Do(Host, new SetStage { CommandId = Guid.NewGuid(), Stage = stage });

    public int Question(string text = "Why?", LectureCaller? by = null, bool approved = true)
    {
        var number = Do(by ?? Listener, new AskQuestion { CommandId = Guid.NewGuid(), Text = text }).Number!.Value;
        if (approved)
            Do(
                Host,
                new ModerateQuestion
                {
                    CommandId = Guid.NewGuid(),
                    Question = number,
                    Verdict = QuestionVerdict.Approve,
                }
            );
        return number;
    }

    public int Poll(bool multiple = false, bool open = true, params ImmutableArray<string> choices)
    {
        var number = Do(
            Host,
            new DraftPoll
            {
                CommandId = Guid.NewGuid(),
                Question = "Which?",
                Choices = choices.IsDefaultOrEmpty ? ["a", "b", "c"] : choices,
                Multiple = multiple,
            }
        ).Number!.Value;
        if (open)
            Set(number, PollState.Open);
        return number;
    }

    public void Set(int poll, PollState? state) =>
        Do(
            Host,
            new SetPoll
            {
                CommandId = Guid.NewGuid(),
                Poll = poll,
                State = state,
            }
        );

    public static Vote For(string person, int question, bool @for = true) =>
        new(
            new(person),
            new VoteForQuestion
            {
                CommandId = Guid.NewGuid(),
                Question = question,
                For = @for,
            }
        );

    public static Vote In(string person, int poll, params ImmutableArray<int> choices) =>
        new(
            new(person),
            new VoteInPoll
            {
                CommandId = Guid.NewGuid(),
                Poll = poll,
                Choices = choices,
            }
        );
}
