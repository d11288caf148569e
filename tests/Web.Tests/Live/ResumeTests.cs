using System.Collections.Concurrent;
using ConsultHub.Client;
using ConsultHub.Live;
using ConsultHub.Rostering;
using ConsultHub.Tests.Fixtures;
using ConsultHub.Web.Live;

namespace ConsultHub.Tests.Live;

public sealed class ResumeTests(DemoHub hub)
{
    [Theory, InlineData(false), InlineData(true)]
    public async Task A_viewer_who_resumes_from_any_position_gets_exactly_the_later_changes(bool messagePack)
    {
        var week = hub.EmptyWeek();
        await using var client = hub.Coordinator.Watcher(messagePack);
        var board = client.Watch($"board/ehs/{week}");
        var pictures = await LiveThroughAsync(hub.Coordinator, board, week);

        foreach (var picture in pictures)
            await ResumesExactlyAsync(hub.Coordinator, messagePack, board, picture, pictures[^1]);
    }

    [Fact]
    public async Task A_viewer_who_resumes_from_any_position_after_a_kill_still_gets_exactly_the_later_changes()
    {
        await using var host = await HubHost.StartAsync();
        using var coordinator = await Caller.SignInAsync(host.Address, "p-coordinator");
        var week = DemoHub.ThisWeek.Next.Next.Next;
        await using var client = coordinator.Watcher();
        ConcurrentQueue<TopicChange> changes = [];
        var board = client.Watch($"board/ehs/{week}", changed: changes.Enqueue);
        var pictures = await LiveThroughAsync(coordinator, board, week);

        host.Kill();
        await board.WhenAsync(LinkState.Offline);
        Assert.True(board.Age > TimeSpan.Zero);
        Assert.Equal(pictures[^1].ToText(), board.Picture.ToText()); // the old picture is still shown
        changes.Clear();
        await host.RestartAsync();
        await board.WhenLiveAsync();
        Assert.Equal(TimeSpan.Zero, board.Age);
        // nothing has changed in the meantime, so no item is sent again
        Assert.All(changes, c => Assert.Equal((FrameKind.Delta, 0), (c.Frame.Kind, c.Frame.Items.Count)));

        foreach (var picture in pictures)
            await ResumesExactlyAsync(coordinator, false, board, picture, pictures[^1]);
        var more = await coordinator.DoAsync(week, Engagements.Later(week, "e-0", 11));
        var now = await board.WhenAtAsync(more.Version);
        Assert.Equal((await coordinator.GetTopicAsync(board.Name)).Items.ToText(), now.ToText());
        Assert.DoesNotContain(changes, c => c.Frame.Kind == FrameKind.Snapshot);
    }

    [Fact]
    public async Task The_client_gets_the_missed_changes_after_each_broken_connection_without_a_new_snapshot()
    {
        var week = hub.EmptyWeek();
        await hub.Coordinator.DoAsync(week, Engagements.Plan(week, "e-0"));
        await using var wire = new Wire(hub.Address);
        await using var client = hub.Coordinator.Watcher(at: wire.End);
        ConcurrentQueue<TopicChange> changes = [];
        var board = client.Watch($"board/ehs/{week}", changed: changes.Enqueue);
        await board.WhenLiveAsync();

        for (var i = 0; i < 12; i++)
        {
            wire.Pull();
            await board.WhenAsync(LinkState.Offline);
            var missed = await hub.Coordinator.DoAsync(week, Engagements.Later(week, "e-0", 5 + (i % 4)));
            Assert.True(board.Picture.Version() < missed.Version);
            wire.PlugIn();
            var picture = await board.WhenAtAsync(missed.Version);
            Assert.Equal(missed.Engagement.Start, Assert.IsType<Engagement>(picture.Items["engagement/e-0"]).Start);
        }
        Assert.Equal(FrameKind.Snapshot, changes.First().Frame.Kind);
        Assert.All(changes.Skip(1), c => Assert.Equal(FrameKind.Delta, c.Frame.Kind));
        Assert.Equal((await hub.Coordinator.GetTopicAsync(board.Name)).Items.ToText(), board.Picture.ToText());
    }

    [Fact]
    public async Task A_silent_connection_is_replaced_and_the_missed_changes_follow()
    {
        var week = hub.EmptyWeek();
        await hub.Coordinator.DoAsync(week, Engagements.Plan(week, "e-0"));
        await using var wire = new Wire(hub.Address);
        await using var client = hub.Coordinator.Watcher(at: wire.End, with: o => o with { Silence = TimeSpan.FromSeconds(6) });
        var board = client.Watch($"board/ehs/{week}");
        ConcurrentQueue<TopicLink> links = [];
        board.LinkChanged += links.Enqueue;
        await board.WhenLiveAsync();

        wire.GoSilent();
        var silentFrom = DateTimeOffset.UtcNow;
        var missed = await hub.Coordinator.DoAsync(week, Engagements.Later(week, "e-0", 8));

        await board.WhenAtAsync(missed.Version);
        await board.WhenLiveAsync();
        var offline = Assert.Single(links, l => l.State == LinkState.Offline);
        // Since is the time of the last message and not the time when the silence was noticed
        Assert.InRange(offline.Since, silentFrom.AddSeconds(-6), silentFrom.AddSeconds(3));
    }

    [Fact]
    public async Task A_computer_that_wakes_from_sleep_reconnects_without_waiting_for_the_silence_limit()
    {
        var week = hub.EmptyWeek();
        await hub.Coordinator.DoAsync(week, Engagements.Plan(week, "e-0"));
        await using var wire = new Wire(hub.Address);
        var clock = new LeapingClock();
        await using var client = hub.Coordinator.Watcher(
            at: wire.End,
            with: o => o with { Silence = TimeSpan.FromMinutes(10), Clock = clock }
        );
        var board = client.Watch($"board/ehs/{week}");
        await board.WhenLiveAsync();

        wire.GoSilent();
        var missed = await hub.Coordinator.DoAsync(week, Engagements.Later(week, "e-0", 8));
        clock.Leap = TimeSpan.FromHours(9);

        await board.WhenAtAsync(missed.Version);
    }

    [Fact]
    public async Task A_position_that_the_topic_cannot_have_issued_is_answered_with_a_snapshot()
    {
        var week = hub.EmptyWeek();
        var planned = await hub.Coordinator.DoAsync(week, Engagements.Plan(week, "e-0"));
        var topic = $"board/ehs/{week}";
        var now = TopicPicture.Empty.With(await hub.Coordinator.GetTopicAsync(topic));
        Assert.True(TopicPosition.TryParse(now.Position!, out var position));
        string[] strange =
        [
            new TopicPosition([new(Guid.NewGuid(), planned.Version)]).ToString(),
            new TopicPosition([position.Parts[0] with { Version = planned.Version + 1000 }]).ToString(),
            new TopicPosition([position.Parts[0] with { Version = -1 }]).ToString(),
            new TopicPosition([position.Parts[0], position.Parts[0]]).ToString(),
        ];
        foreach (var text in strange)
        {
            var stale = Engagement("engagement/e-gone", now);
            await using var client = hub.Coordinator.Watcher();
            var board = client.Watch(topic, stale with { Position = text });
            var picture = await board.WhenLiveAsync();
            Assert.Equal(now.ToText(), picture.ToText());
            Assert.Equal(FrameKind.Snapshot, (await hub.Coordinator.GetTopicAsync(topic, text)).Kind);
        }
    }

    private static TopicPicture Engagement(string key, TopicPicture of) =>
        of with
        {
            Items = of.Items.Add(key, of.Items["engagement/e-0"] with { Version = 1 }),
        };

    /// <summary>
    /// Plans, moves, confirms, cancels and undoes engagements, and moves one of them to the next week. Returns the picture after each step.
    /// </summary>
    private static async Task<List<TopicPicture>> LiveThroughAsync(Caller coordinator, WatchedTopic board, Week week)
    {
        List<TopicPicture> pictures = [];
        async Task StepAsync(RosterCommand command) =>
            pictures.Add(await board.WhenAtAsync((await coordinator.DoAsync(week, command)).Version));
        T As<T>(string id, Func<Guid, EngagementId, T> make) => make(Guid.NewGuid(), new(id));

        for (var i = 0; i < 6; i++)
            await StepAsync(Engagements.Plan(week, $"e-{i}"));
        for (var i = 0; i < 6; i++)
            await StepAsync(Engagements.Later(week, $"e-{i % 3}", 5 + i));
        await StepAsync(As("e-1", (c, e) => new Confirm { CommandId = c, Engagement = e }));
        await StepAsync(
            As(
                "e-2",
                (c, e) =>
                    new Cancel
                    {
                        CommandId = c,
                        Engagement = e,
                        Reason = "test",
                    }
            )
        );
        await StepAsync(As("e-2", (c, e) => new Undo { CommandId = c, Engagement = e }));
        await StepAsync(
            As(
                "e-3",
                (c, e) =>
                    new ChangeRoom
                    {
                        CommandId = c,
                        Engagement = e,
                        Room = new("clinic-1"),
                    }
            )
        );
        await StepAsync(
            As(
                "e-5",
                (c, e) =>
                    new ChangeTime
                    {
                        CommandId = c,
                        Engagement = e,
                        Start = Engagements.At(week.Next, 1, 5),
                        End = Engagements.At(week.Next, 1, 6),
                        Reason = "test",
                    }
            )
        );
        pictures.Add(await board.WhenAsync(b => !b.Picture.Items.ContainsKey("engagement/e-5")).WaitAsync(Eventually.Patience));
        await StepAsync(
            As(
                "e-1",
                (c, e) =>
                    new ChangeRoom
                    {
                        CommandId = c,
                        Engagement = e,
                        Room = new("clinic-2"),
                    }
            )
        );
        await StepAsync(
            As(
                "e-1",
                (c, e) =>
                    new Cancel
                    {
                        CommandId = c,
                        Engagement = e,
                        Reason = "test",
                    }
            )
        );
        return pictures;
    }

    private static async Task ResumesExactlyAsync(Caller caller, bool messagePack, WatchedTopic board, TopicPicture at, TopicPicture end)
    {
        await using var client = caller.Watcher(messagePack);
        ConcurrentQueue<TopicChange> changes = [];
        var later = client.Watch(board.Name, at, changes.Enqueue);
        await later.WhenLiveAsync();
        var frame = Assert.Single(changes).Frame;
        Assert.Equal(FrameKind.Delta, frame.Kind);
        Assert.Equal(end.Items.Values.Where(i => i.Version > at.Version()).ToText(), frame.Items.ToText());
        Assert.Equal(at.Items.Keys.Except(end.Items.Keys), frame.Removed.Intersect(at.Items.Keys));
        Assert.Equal(end.ToText(), later.Picture.ToText());
        Assert.Equal(end.Position, later.Picture.Position);
    }

    /// <summary>A clock whose time of day jumps forward as after a sleep, while its timers run on unchanged.</summary>
    private sealed class LeapingClock : TimeProvider
    {
        public TimeSpan Leap { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Leap;
    }
}
