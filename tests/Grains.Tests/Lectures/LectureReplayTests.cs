using System.Collections.Immutable;
using ConsultHub.Lectures;
using ConsultHub.Live;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using static ConsultHub.Tests.Lectures.LectureWorld;

namespace ConsultHub.Tests.Lectures;

/// <summary>The state that a lecture showed at each instant.</summary>
public sealed class LectureReplayTests
{
    private static readonly SlideDeck First = new(new("6f0b8b3e-0c1f-4f0e-9c66-000000000001"), "first", 3),
        Second = new(new("6f0b8b3e-0c1f-4f0e-9c66-000000000002"), "second", 5);
    private static readonly LectureCaller Lead = Caller(LectureWorld.Speaker.Value, LectureRole.Speaker);
    private static readonly DateTimeOffset Far = Ten.AddDays(1);

    private static Guid Id => Guid.NewGuid();

    private static DateTimeOffset At(double seconds) => Ten.AddSeconds(seconds);

    [Fact]
    public void Slides_and_the_featured_question_are_those_of_the_instant()
    {
        var world = Opened();
        Do(world, 10, Lead, new SetSlides { CommandId = Id, Deck = First });
        Do(world, 20, Lead, new TurnSlide { CommandId = Id, Page = 2 });
        var question = world.Question();
        Do(world, 30, Host, new FeatureQuestion { CommandId = Id, Question = question });
        Do(world, 40, Lead, new SetSlides { CommandId = Id, Deck = Second });
        Do(
            world,
            50,
            Host,
            new ModerateQuestion
            {
                CommandId = Id,
                Question = question,
                Verdict = QuestionVerdict.Answer,
            }
        );
        Do(world, 60, Lead, new SetSlides { CommandId = Id });
        Assert.Equal(
            [
                null,
                new LectureScene(First, 1, null),
                new(First, 1, null),
                new(First, 2, null),
                new(First, 2, question),
                new(Second, 1, question),
                new(Second, 1, null),
                new(null, 0, null),
            ],
            ((double[])[9.9, 10, 19.9, 20, 30, 40, 50, 60]).Select(second => SceneAt(world.Room, second))
        );
    }

    [Fact]
    public void The_replay_shows_a_question_after_its_approval_and_shows_it_as_answered_after_its_answer()
    {
        var world = Opened();
        Do(world, 10, Listener, new AskQuestion { CommandId = Id, Text = "Why?" });
        Do(world, 10, Listener, new AskQuestion { CommandId = Id, Text = "Waits" });
        Do(world, 10, Listener, new AskQuestion { CommandId = Id, Text = "Is dismissed" });
        Do(
            world,
            20,
            Host,
            new ModerateQuestion
            {
                CommandId = Id,
                Question = 1,
                Verdict = QuestionVerdict.Approve,
            }
        );
        Do(
            world,
            20,
            Host,
            new ModerateQuestion
            {
                CommandId = Id,
                Question = 3,
                Verdict = QuestionVerdict.Approve,
            }
        );
        Do(
            world,
            30,
            Host,
            new ModerateQuestion
            {
                CommandId = Id,
                Question = 1,
                Verdict = QuestionVerdict.Answer,
            }
        );
        Do(
            world,
            30,
            Host,
            new ModerateQuestion
            {
                CommandId = Id,
                Question = 3,
                Verdict = QuestionVerdict.Dismiss,
            }
        );
        world.Cast(For("p-1", 1, false));
        Assert.Empty(ItemsAt(world.Room, 19));
        Assert.Equal(
            (QuestionState.Approved, null),
            ItemsAt(world.Room, 29).OfType<Question>().Select(q => (q.State, q.AnsweredAt)).Single()
        );
        Assert.Equal(
            (QuestionState.Answered, At(30)),
            ItemsAt(world.Room, 30).OfType<Question>().Select(q => (q.State, q.AnsweredAt)).Single()
        );

        // A moderator answers a question without approving it first. The question appears when it is answered.
        Do(
            world,
            40,
            Host,
            new ModerateQuestion
            {
                CommandId = Id,
                Question = 2,
                Verdict = QuestionVerdict.Answer,
            }
        );
        Assert.Equal([1], ItemsAt(world.Room, 39).OfType<Question>().Select(q => q.Number));
        Assert.Equal([1, 2], ItemsAt(world.Room, 40).OfType<Question>().Select(q => q.Number).Order());
    }

    [Fact]
    public void The_replay_shows_a_question_with_the_votes_that_it_had_at_that_instant()
    {
        var world = Opened();
        var (question, same) = (world.Question(), world.Question());
        world.Now = At(10);
        world.Cast(For("p-1", question), For("p-2", question), For("p-3", same));
        world.Now = At(20);
        world.Cast(For("p-1", question, false));
        Do(
            world,
            30,
            Host,
            new ModerateQuestion
            {
                CommandId = Id,
                Question = same,
                Verdict = QuestionVerdict.Merge,
                Into = question,
            }
        );
        Do(
            world,
            40,
            Host,
            new ModerateQuestion
            {
                CommandId = Id,
                Question = question,
                Verdict = QuestionVerdict.Answer,
            }
        );
        Assert.Equal(
            [
                (0, QuestionState.Approved),
                (2, QuestionState.Approved),
                (1, QuestionState.Approved),
                (2, QuestionState.Approved),
                (2, QuestionState.Answered),
            ],
            ((double[])[5, 19, 20, 30, 40]).Select(s => ItemsAt(world.Room, s).OfType<Question>().Select(q => (q.Votes, q.State)).Single())
        );
        Assert.Equal(world.Room.Questions[question], ItemsAt(world.Room, 50).OfType<Question>().Single());
    }

    [Fact]
    public void The_replay_of_a_long_lecture_shows_earlier_votes_approximately_and_the_final_votes_exactly()
    {
        var world = Opened();
        var question = world.Question();
        for (var i = 1; i <= 1_000; i++)
        {
            world.Now = At(i);
            world.Cast(For($"p-{i}", question));
        }
        Assert.InRange(world.Room.VoteTurns[question].Count, 2, LectureLimits.VoteTurns);
        for (var second = 10; second <= 1_000; second += 10)
            Assert.InRange(ItemsAt(world.Room, second).OfType<Question>().Single().Votes, second - 64, second);
        Assert.Equal(1_000, ItemsAt(world.Room, 1_000).OfType<Question>().Single().Votes);
    }

    [Fact]
    public void A_poll_opens_and_closes_in_the_replay_and_its_counts_appear_when_they_were_shown()
    {
        var world = Opened();
        world.Now = At(10);
        var poll = world.Poll(open: false);
        world.Now = At(20);
        world.Set(poll, PollState.Open);
        world.Cast(In("p-1", poll, 1), In("p-2", poll, 1));
        world.Now = At(30);
        world.Set(poll, PollState.Closed);
        world.Now = At(40);
        world.Set(poll, PollState.Shown);
        Assert.Empty(ItemsAt(world.Room, 19));
        Assert.Equal(
            [(PollState.Open, 0), (PollState.Closed, 0), (PollState.Shown, 2)],
            ((double[])[20, 30, 40]).Select(s => ItemsAt(world.Room, s).OfType<Poll>().Select(p => (p.State, p.Voters)).Single())
        );

        // One poll is shown while it is open, and another is closed by the end of the lecture.
        world.Now = At(50);
        var (shown, cut) = (world.Poll(), world.Poll());
        world.Now = At(60);
        world.Set(shown, PollState.Shown);
        world.Stage(LectureStage.Live);
        world.Now = At(70);
        world.Stage(LectureStage.Ended);
        Assert.Equal(
            [(PollState.Open, PollState.Open), (PollState.Shown, PollState.Open), (PollState.Shown, PollState.Closed)],
            ((double[])[59, 60, 70]).Select(s => (PollAt(s, shown), PollAt(s, cut)))
        );
        PollState PollAt(double second, int number) => ItemsAt(world.Room, second).OfType<Poll>().Single(p => p.Number == number).State;
    }

    [Fact]
    public void The_captions_and_announcements_of_an_instant_are_the_newest_ones_up_to_that_instant()
    {
        var world = Opened();
        world.Stage(LectureStage.Live);
        for (var i = 1; i <= 30; i++)
        {
            Do(
                world,
                10 * i,
                Host,
                new WriteCaption
                {
                    CommandId = Id,
                    Language = "en",
                    Text = $"line {i}",
                    SecondsAgo = 5,
                }
            );
            Do(world, 10 * i, Host, new Announce { CommandId = Id, Text = $"say {i}" });
        }
        Do(
            world,
            100,
            Host,
            new WriteCaption
            {
                CommandId = Id,
                Language = "ar",
                Text = "القلب",
            }
        );
        Do(
            world,
            400,
            Host,
            new WriteCaption
            {
                CommandId = Id,
                Language = "en",
                Text = "corrected",
                Number = 14,
            }
        );
        var then = ItemsAt(world.Room, 144);
        Assert.Equal(
            [.. Enumerable.Range(3, 11).Select(i => $"line {i}"), "corrected"],
            then.OfType<Caption>().Where(c => c.Language == "en").OrderBy(c => c.Number).Select(c => c.Text)
        );
        Assert.Equal("القلب", then.OfType<Caption>().Single(c => c.Language == "ar").Text);
        Assert.Equal(
            ["say 10", "say 11", "say 12", "say 13", "say 14"],
            then.OfType<LectureAnnouncement>().OrderBy(a => a.Number).Select(a => a.Text)
        );
        // The topic still shows only the newest announcements.
        Assert.Equal(LectureAnnouncement.Kept, world.Room.ItemsSince(0).OfType<LectureAnnouncement>().Count());
    }

    [Fact]
    public void An_instant_looks_the_same_in_every_span_that_contains_it()
    {
        var world = Opened();
        world.Stage(LectureStage.Live);
        var random = new Random(5);
        for (var second = 0; second < 600; second += random.Next(1, 9))
        {
            var number = random.Next(6);
            world.Now = At(second);
            if (number == 0)
                world.Do(Lead, new SetSlides { CommandId = Id, Deck = random.Next(2) == 0 ? First : Second });
            else if (number == 1)
                world.Try(Lead, new TurnSlide { CommandId = Id, Page = random.Next(1, 4) });
            else if (number == 2)
                world.Do(
                    Host,
                    new WriteCaption
                    {
                        CommandId = Id,
                        Language = random.Next(2) == 0 ? "en" : "ko",
                        Text = $"at {second}",
                        SecondsAgo = random.Next(60),
                    }
                );
            else if (number == 3)
                world.Do(Host, new Announce { CommandId = Id, Text = $"at {second}" });
            else if (number == 4)
                world.Try(
                    Host,
                    new ModerateQuestion
                    {
                        CommandId = Id,
                        Question = world.Question(),
                        Verdict = QuestionVerdict.Answer,
                    }
                );
            else
                world.Poll();
        }
        var whole = LectureReplay.Between(world.Room, Ten, At(600), Far);
        for (var second = 0; second < 600; second += 7)
        {
            var expected = Shown(Around(world.Room, second), second);
            Assert.Equal(expected, Shown(whole, second));
            Assert.Equal(
                expected,
                Shown(LectureReplay.Between(world.Room, At(second - (second % 120)), At(second - (second % 120) + 120), Far), second)
            );
        }
    }

    [Fact]
    public void A_span_with_too_many_moments_begins_later_and_still_ends_correctly()
    {
        var world = Opened();
        world.Stage(LectureStage.Live);
        for (var i = 0; i < LectureReplay.MostMoments + 500; i++)
        {
            world.Now = At(1 + (i / 100.0));
            world.Do(
                Host,
                new WriteCaption
                {
                    CommandId = Id,
                    Language = "en",
                    Text = $"line {i}",
                }
            );
        }
        var moments = LectureReplay.Between(world.Room, Ten, At(120), Far);
        Assert.True(moments.From > Ten);
        Assert.InRange(moments.Moments.Length, LectureReplay.MostMoments, LectureReplay.MostMoments + 50);
        Assert.Equal(Shown(LectureReplay.Between(world.Room, At(120), At(121), Far), 120), Shown(moments, 120));
    }

    [Fact]
    public void A_span_is_settled_when_no_more_captions_can_come_for_it()
    {
        var room = Opened().Room;
        Assert.False(LectureReplay.Between(room, Ten, At(120), At(180)).Settled);
        Assert.True(LectureReplay.Between(room, Ten, At(120), At(200)).Settled);
    }

    [Fact]
    public void A_room_that_an_earlier_release_stored_without_the_times_of_votes_and_featured_questions_can_be_read_and_replayed()
    {
        // An earlier release stored this room. Slides are shown from 0 s. At 10 s the lecture goes live and a question is approved. At 20 s
        // page 2 is shown, and the question is shown large. At 30 s the question is answered, a poll is shown and there is an announcement.
        const string stored =
            "IOgg6AA96Ogg6EAHczAx4CHoQBFjb25ncmVzc+Ah6EAHZWhz4EENSGVhcnRzQRVBc2lhL0R1YmFpIYAAsKYs8EnfCIEAAAAAAAAAAOCBAE5TSQYAAABB"
            + "CUhhbGzBASEgAAch6EANRHIgT25lIehAE2Mtc3BlYWtlcuDgIOhADURyIFR3byHoQBFjLXNlY29uZODgIOhAD0EgZ3Vlc3TBAeDg4AkDDSGAADR+RPBJ"
            + "3wiBAAAAAAAAAADgIYAAkZwy8EnfCIEAAAAAAAAAAOAhgAA0fkTwSd8IgQAAAAAAAAAA4CEg4OAhIODgIehAIT6LC28fDA5PnGYAAAAAAAFBCWRlY2sB"
            + "DeABCSEgAANBBWtv4ODBAcEBwQHgISAAAyEABSHoACXo6AAFQQlXaHk/IehAFXAtYXR0ZW5kZWXBAcEB4CGAAJGcMvBJ3wiBAAAAAAAAAADgCQMJAQEh"
            + "gABTiD7wSd8IgQAAAAAAAAAA4ODg4MEBwQHgISABAwEFIOjAieDgwQHgISDgwQHgAQUhIAADIQAFIegANejoAAVBDVdoaWNoPyEgAAdBA2FAA2JAA2Pg"
            + "4AEBCQMNISAABwEFAAEAAeDgAQUhgABTiD7wSd8IgQAAAAAAAAAA4ODg4MEBwQHgISABAwEFIOgAMejoAAUhIAAHAQUAAQAB4OABBeDgwQHgISDgwQHg"
            + "AQUhIAADIcBtISAAAyHoACHo6MBtAQVBDeyLrOyepSGAAHKSOPBJ3wiBAAAAAAAAAADg4ODg4OAxATEs1C4dU3RyaW5nQ29tcGFyZXIAAwEB4MEB4CEg"
            + "AAMh6AA56OgABUENQ29mZmVlIYAAU4g+8EnfCIEAAAAAAAAAAOAh6EANcC1ob3N0wQHBAeDg4OAhIODBAeAh6AAB6OgAASEg4MEBwQHg4CEgAAUh6CCA"
            + "ALCmLPBJ3wiBAAAAAAAAAADgwV0BBeAg6CCAAHKSOPBJ3wiBAAAAAAAAAADgwV0BCeDg4CEgAAch6CCAALCmLPBJ3wiBAAAAAAAAAADgCQMB4CDoIIAA"
            + "kZwy8EnfCIEAAAAAAAAAAOAJAwXgIOgggAA0fkTwSd8IgQAAAAAAAAAA4AkDDeDg4CEg4OABAeA=";
        var room = new ServiceCollection()
            .AddSerializer()
            .BuildServiceProvider()
            .GetRequiredService<Serializer>()
            .Deserialize<LectureRoom>(Convert.FromBase64String(stored))!;
        Assert.Equal([1, 1, 2], ((double[])[0, 19, 20]).Select(s => SceneAt(room, s)!.Page));
        var then = ItemsAt(room, 35);
        Assert.Equal(
            (QuestionState.Answered, PollState.Shown, "Coffee"),
            (then.OfType<Question>().Single().State, then.OfType<Poll>().Single().State, then.OfType<LectureAnnouncement>().Single().Text)
        );
        Assert.Equal(QuestionState.Approved, ItemsAt(room, 25).OfType<Question>().Single().State);
        Assert.Equal("심장", ItemsAt(room, 25).OfType<Caption>().Single().Text);
        Assert.Empty(room.FeaturedTurns);
        Assert.Empty(room.VoteTurns);
        Assert.Empty(room.Lecture!.Agreements);
        Assert.False(room.Captions.Values.First()[0].Backstage);
    }

    private static void Do(LectureWorld world, double second, LectureCaller caller, LectureCommand command)
    {
        world.Now = At(second);
        world.Do(caller, command);
    }

    private static LectureMoments Around(LectureRoom room, double second) => LectureReplay.Between(room, At(second), At(second + 1), Far);

    private static LectureScene? SceneAt(LectureRoom room, double second) =>
        Around(room, second).Moments.LastOrDefault(m => m.At <= At(second) && m.Scene is not null)?.Scene;

    private static ImmutableArray<TopicItem> ItemsAt(LectureRoom room, double second)
    {
        Dictionary<string, TopicItem> items = [];
        foreach (var moment in Around(room, second).Moments.Where(m => m.At <= At(second)))
            if (moment.Item is { } item)
                items[item.Key] = item;
        return [.. items.Values];
    }

    /// <summary>Returns what a viewer sees at an instant. Builds it from the moments of a span.</summary>
    private static ImmutableSortedDictionary<string, string> Shown(LectureMoments moments, double second)
    {
        var shown = ImmutableSortedDictionary<string, string>.Empty;
        foreach (var moment in moments.Moments.Where(m => m.At <= At(second)))
            shown = shown.SetItem(moment.Item?.Key ?? "scene", moment.Scene?.ToString() ?? moment.Item!.ToString());
        return shown;
    }
}
