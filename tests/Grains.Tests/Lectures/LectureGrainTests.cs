using System.Collections.Immutable;
using ConsultHub.Conferences;
using ConsultHub.Lectures;
using ConsultHub.Tests.Rostering;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using static ConsultHub.Tests.Lectures.LectureWorld;

namespace ConsultHub.Tests.Lectures;

/// <summary>Lectures on a real silo with SQLite.</summary>
public sealed class LectureGrainTests
{
    private static Guid Id => Guid.NewGuid();

    [Fact]
    public async Task Acknowledged_changes_and_votes_and_captions_survive_a_restart()
    {
        var folder = TestHub.NewFolder();
        int question,
            poll;
        ImmutableArray<string> before;
        await using (var hub = await TestHub.StartAsync(folder))
        {
            var lecture = await OpenAsync(hub);
            await DoAsync(lecture, Host, new SetStage { CommandId = Id, Stage = LectureStage.Live });
            question = (await DoAsync(lecture, Listener, new AskQuestion { CommandId = Id, Text = "왜요?" })).Number!.Value;
            await DoAsync(
                lecture,
                Host,
                new ModerateQuestion
                {
                    CommandId = Id,
                    Question = question,
                    Verdict = QuestionVerdict.Approve,
                }
            );
            poll = (
                await DoAsync(
                    lecture,
                    Host,
                    new DraftPoll
                    {
                        CommandId = Id,
                        Question = "Which?",
                        Choices = ["a", "b"],
                    }
                )
            ).Number!.Value;
            await DoAsync(
                lecture,
                Host,
                new SetPoll
                {
                    CommandId = Id,
                    Poll = poll,
                    State = PollState.Open,
                }
            );
            Assert.All(
                await lecture.CastAsync([
                    .. Enumerable.Range(0, 500).SelectMany(i => (Vote[])[For($"p-{i}", question), In($"p-{i}", poll, i % 2)]),
                ]),
                Assert.Null
            );
            await DoAsync(
                lecture,
                Host,
                new WriteCaption
                {
                    CommandId = Id,
                    Language = "ar",
                    Text = "القلب",
                }
            );
            before = await ItemsAsync(lecture);
        }
        await using (var hub = await TestHub.StartAsync(folder))
        {
            var lecture = hub.Grains.GetGrain<ILectureGrain>("s01");
            Assert.Equal(before, await ItemsAsync(lecture));
            Assert.Contains(before, i => i.Contains("question/1", StringComparison.Ordinal));
            Assert.All(await lecture.CastAsync([In("p-0", poll, 1), For("p-0", question)]), Assert.Null);
            var tally = (await lecture.ReadSinceAsync(null)).Items.OfType<PollTally>().Single();
            Assert.Equal((249, 251, 500), (tally.Counts[0], tally.Counts[1], tally.Voters));
            Assert.Equal([question], (await lecture.MineAsync(new("p-0"))).Votes);
            Assert.Equal([question], (await lecture.MineAsync(Listener.Actor.Person)).Questions.Select(q => q.Number));
            Assert.Equal("القلب", Assert.Single(await lecture.CaptionsAsync("ar")).Text);
        }
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task The_replay_of_a_lecture_is_the_same_after_a_restart()
    {
        var folder = TestHub.NewFolder();
        var deck = new SlideDeck(Id, "deck", 3);
        LectureMoments before;
        await using (var hub = await TestHub.StartAsync(folder))
        {
            var lecture = await OpenAsync(hub);
            await DoAsync(lecture, Host, new SetStage { CommandId = Id, Stage = LectureStage.Live });
            await DoAsync(lecture, Host, new SetSlides { CommandId = Id, Deck = deck });
            await DoAsync(lecture, Host, new TurnSlide { CommandId = Id, Page = 2 });
            var question = (await DoAsync(lecture, Listener, new AskQuestion { CommandId = Id, Text = "왜요?" })).Number!.Value;
            await DoAsync(
                lecture,
                Host,
                new ModerateQuestion
                {
                    CommandId = Id,
                    Question = question,
                    Verdict = QuestionVerdict.Approve,
                }
            );
            await DoAsync(lecture, Host, new FeatureQuestion { CommandId = Id, Question = question });
            await DoAsync(
                lecture,
                Host,
                new WriteCaption
                {
                    CommandId = Id,
                    Language = "ar",
                    Text = "القلب",
                }
            );
            for (var i = 0; i <= LectureAnnouncement.Kept; i++)
                await DoAsync(lecture, Host, new Announce { CommandId = Id, Text = $"say {i}" });
            before = await MomentsAsync(lecture);
            Assert.Equal(
                [(1, null), (2, null), (2, question)],
                before.Moments.Select(m => m.Scene).OfType<LectureScene>().Select(s => (s.Page, s.Featured))
            );
            Assert.Equal(LectureAnnouncement.Kept + 3, before.Moments.Count(m => m.Item is not null));
        }
        await using (var hub = await TestHub.StartAsync(folder))
        {
            var after = await MomentsAsync(hub.Grains.GetGrain<ILectureGrain>("s01"));
            Assert.Equal(before.Moments.Select(Said), after.Moments.Select(Said));
        }
        Directory.Delete(folder, recursive: true);

        Task<LectureMoments> MomentsAsync(ILectureGrain lecture) =>
            lecture.MomentsAsync(DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddMinutes(5));
        string Said(LectureMoment moment) => System.Text.Json.JsonSerializer.Serialize(moment, HubJson.Options);
    }

    [Fact]
    public async Task A_repeated_command_takes_effect_once()
    {
        await using var hub = await TestHub.StartAsync();
        var lecture = await OpenAsync(hub);
        var ask = new AskQuestion { CommandId = Id, Text = "Once?" };
        var first = await DoAsync(lecture, Listener, ask);
        Assert.Equal(first.Version, (await DoAsync(lecture, Listener, ask)).Version);
        Assert.Single((await lecture.MineAsync(Listener.Actor.Person)).Questions);
    }

    [Fact]
    public async Task A_room_is_opened_from_its_session_and_opening_it_again_takes_over_changes_of_the_programme()
    {
        await using var hub = await TestHub.StartAsync();
        var lecture = await OpenAsync(hub);
        Assert.Equal(
            ("Hearts", "Asia/Dubai", "Hall"),
            ((await lecture.GetAsync())!.Title, (await lecture.GetAsync())!.TimeZone, (await lecture.GetAsync())!.Room)
        );
        Assert.Equal(
            "lecture.unknown-session",
            Assert
                .IsType<LectureRefused>(
                    await hub
                        .Grains.GetGrain<ILectureGrain>("s99")
                        .DecideAsync(Host, new OpenRoom { CommandId = Id, Conference = LectureWorld.Conference.Id })
                )
                .Code
        );
        Assert.Equal(
            "lecture.unknown",
            Assert
                .IsType<LectureRefused>(
                    await hub.Grains.GetGrain<ILectureGrain>("s99").DecideAsync(Listener, new RaiseHand { CommandId = Id })
                )
                .Code
        );
        await hub
            .Grains.GetGrain<IConferenceGrain>("congress")
            .ImportAsync(
                Host.Actor,
                Id,
                new Programme(LectureWorld.Conference with { Network = null }, [Session with { Title = "Lungs" }], [])
            );
        await DoAsync(lecture, Host, new OpenRoom { CommandId = Id, Conference = LectureWorld.Conference.Id });
        Assert.Equal("Lungs", (await lecture.GetAsync())!.Title);
    }

    [Fact]
    public async Task Viewers_and_reactions_of_all_nodes_are_added_up()
    {
        await using var hub = await TestHub.StartAsync();
        var lecture = await OpenAsync(hub);
        await lecture.ReportAsync("one", 3, [new(Reaction.Clap, 2)]);
        await lecture.ReportAsync("two", 4, [new(Reaction.Clap, 1), new(Reaction.Heart, 5)]);
        var pulse = (await lecture.ReadSinceAsync(null)).Items.OfType<LecturePulse>().Single();
        Assert.Equal((7, 3, 5), (pulse.Audience, pulse.Reactions[Reaction.Clap], pulse.Reactions[Reaction.Heart]));
    }

    [Fact]
    public async Task The_streams_of_a_node_that_falls_silent_go_off_air_and_its_viewers_no_longer_count()
    {
        var clock = new MovableClock(Ten);
        await using var hub = await TestHub.StartAsync(configure: services =>
            services.Replace(ServiceDescriptor.Singleton(provider => RosterHub.AuthorityServicesAt(provider, clock)))
        );
        var lecture = await OpenAsync(hub);
        var (one, two) = (Caller(LectureWorld.Speaker.Value, LectureRole.Speaker), Caller(Second.Value, LectureRole.Speaker));
        await DoAsync(
            lecture,
            one,
            new GoOnAir
            {
                CommandId = Id,
                Stream = "gone",
                Node = "dead",
            }
        );
        await DoAsync(
            lecture,
            two,
            new GoOnAir
            {
                CommandId = Id,
                Stream = "stays",
                Node = "alive",
            }
        );
        await lecture.ReportAsync("dead", 5, []);
        await lecture.ReportAsync("alive", 2, [new(Reaction.Clap, 1)]);
        clock.Advance(TimeSpan.FromSeconds(30));
        await lecture.ReportAsync("alive", 2, []);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while ((await lecture.GetAsync())!.OnAir.Length > 1)
            await Task.Delay(50, patience.Token);
        Assert.Equal("stays", Assert.Single((await lecture.GetAsync())!.OnAir).Stream);
        while ((await lecture.ReadSinceAsync(null)).Items.OfType<LecturePulse>().Single().Audience != 2)
            await Task.Delay(50, patience.Token);
    }

    private static async Task<ILectureGrain> OpenAsync(TestHub hub)
    {
        await hub
            .Grains.GetGrain<IConferenceGrain>("congress")
            .ImportAsync(Host.Actor, Id, new Programme(LectureWorld.Conference with { Network = null }, [Session], []));
        var lecture = hub.Grains.GetGrain<ILectureGrain>("s01");
        await DoAsync(lecture, Host, new OpenRoom { CommandId = Id, Conference = LectureWorld.Conference.Id });
        return lecture;
    }

    private static async Task<LectureDone> DoAsync(ILectureGrain lecture, LectureCaller caller, LectureCommand command) =>
        Assert.IsType<LectureDone>(await lecture.DecideAsync(caller, command));

    private static async Task<ImmutableArray<string>> ItemsAsync(ILectureGrain lecture) =>
        [
            .. (await lecture.ReadSinceAsync(null))
                .Items.OrderBy(i => i.Key, StringComparer.Ordinal)
                .Select(i => $"{i.Key} {System.Text.Json.JsonSerializer.Serialize(i, HubJson.Options)}"),
        ];
}
