using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Net.WebSockets;
using ConsultHub.Client;
using ConsultHub.Consultants;
using ConsultHub.Live;
using ConsultHub.Rostering;
using ConsultHub.Tests.Fixtures;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace ConsultHub.Tests.Live;

public sealed class WatchTests(DemoHub hub)
{
    [Theory, InlineData(false), InlineData(true)]
    public async Task A_board_arrives_in_parts_of_at_most_20_KB_and_equals_the_board_read_over_HTTP(bool messagePack)
    {
        var week = DemoHub.ThisWeek.Next;
        List<Frame> frames = [];
        await using var raw = Raw(hub.Coordinator, messagePack);
        raw.On<Frame>("Frame", frames.Add);
        await raw.StartAsync();
        await raw.InvokeAsync("Watch", $"board/ehs/{week}", null);
        await Eventually.Async(() => frames.Exists(f => f.Last));
        var parts = frames.TakeWhile(f => !f.Last).Append(frames.First(f => f.Last)).ToList();
        Assert.True(parts.Count > 10);
        Assert.Single(parts.Select(p => p.Position).Distinct());
        Assert.All(
            parts,
            p => Assert.InRange(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(p, HubJson.Options).Length, 1, 20 * 1024)
        );

        await using var client = hub.Coordinator.Watcher(messagePack);
        var board = client.Watch($"board/ehs/{week}");
        await board.WhenLiveAsync();
        Assert.True(board.Picture.Items.Values.OfType<Engagement>().Count() >= 500);
        var planned = await hub.Coordinator.DoAsync(week, Engagements.Plan(week, $"e-parts-{messagePack}".ToLowerInvariant()));
        var picture = await board.WhenAtAsync(planned.Version);
        Assert.Equal((await hub.Coordinator.GetTopicAsync(board.Name)).Items.ToText(), picture.ToText());
    }

    [Theory]
    [InlineData("p-coordinator", "nonsense", null, "topic.unknown")]
    [InlineData("p-coordinator", "board/ehs/2026-W99", null, "topic.unknown")]
    [InlineData("p-coordinator", "board/ehs/2026-W48/hospital/", null, "topic.unknown")]
    [InlineData("p-coordinator", "board/ehs/2026-W48/ward/x", null, "topic.unknown")]
    [InlineData("p-coordinator", "conference/../x", null, "topic.unknown")]
    [InlineData("p-coordinator", "", null, "topic.unknown")]
    [InlineData("p-coordinator", "board/ehs/🦀", null, "topic.unknown")]
    [InlineData("p-coordinator", "board/elsewhere/2026-W48", null, "topic.denied")]
    [InlineData("p-coordinator", "inbox/p-attendee", null, "topic.denied")]
    [InlineData("p-attendee", "board/ehs/2026-W48", null, "topic.denied")]
    [InlineData("p-attendee", "itinerary/p-coordinator/2026-W48", null, "topic.denied")]
    [InlineData("p-display", "inbox/p-coordinator", null, "topic.denied")]
    [InlineData("p-display", "itinerary/p-coordinator/2026-W48", null, "topic.denied")]
    [InlineData("p-coordinator", "board/ehs/2026-W48", "not a position", "topic.bad-position")]
    [InlineData("p-coordinator", "board/ehs/2026-W48", "", "topic.bad-position")]
    [InlineData("p-coordinator", "board/ehs/2026-W48", "AAAA", "topic.bad-position")]
    public async Task A_topic_or_position_that_cannot_be_watched_is_refused_with_a_code(
        string person,
        string topic,
        string? position,
        string code
    )
    {
        using var caller = await hub.SignInAsync(person);
        await using var client = caller.Watcher();
        var watched = client.Watch(topic, TopicPicture.Empty with { Position = position });
        await watched.WhenAsync(LinkState.Refused);
        Assert.Equal(code, watched.Link.Refusal);
        if (topic.Length == 0)
            return;
        var (_, problem) = await Caller.ProblemAsync(
            await caller.Http.GetAsync($"api/topics/{topic}" + (position is null ? "" : "?position=" + Uri.EscapeDataString(position)))
        );
        Assert.Equal(code, problem.Code);
    }

    [Theory, InlineData(""), InlineData($"/hospital/{Engagements.Hospital}")]
    public async Task An_engagement_is_on_the_next_weeks_board_as_long_as_it_reaches_into_that_week(string part)
    {
        var week = hub.EmptyWeek();
        await using var client = hub.Coordinator.Watcher();
        var board = client.Watch($"board/ehs/{week.Next}{part}");
        await board.WhenLiveAsync();
        // Sunday 23:30 to Monday 01:30 in Dubai.
        var late = await hub.Coordinator.DoAsync(
            week,
            Engagements.Plan(week, "e-late") with
            {
                Start = Engagements.At(week, 6, 19.5),
                End = Engagements.At(week, 6, 21.5),
                Reason = "A transplant.",
            }
        );
        await hub.Coordinator.DoAsync(week, Engagements.Plan(week, "e-tuesday"));
        var shown = await board.WhenAsync(b => b.Picture.Items.ContainsKey("engagement/e-late")).WaitAsync(Eventually.Patience);
        Assert.Equal(late.Version, shown.Items["engagement/e-late"].Version);
        Assert.Equal("engagement/e-late", Assert.Single(shown.Items.Keys));
        Assert.Contains((await hub.Coordinator.GetTopicAsync(board.Name)).Items, i => i.Key == "engagement/e-late");

        await hub.Coordinator.DoAsync(
            week,
            new ChangeTime
            {
                CommandId = Guid.NewGuid(),
                Engagement = new("e-late"),
                Start = Engagements.At(week, 6, 18),
                End = Engagements.At(week, 6, 20),
                Reason = "test",
            }
        );
        await board.WhenAsync(b => !b.Picture.Items.ContainsKey("engagement/e-late")).WaitAsync(Eventually.Patience);
        await hub.Coordinator.DoAsync(
            week,
            new Undo
            {
                CommandId = Guid.NewGuid(),
                Engagement = new("e-late"),
                Reason = "test",
            }
        );
        await board.WhenAsync(b => b.Picture.Items.ContainsKey("engagement/e-late")).WaitAsync(Eventually.Patience);
        // After the engagement has moved into the next week, its version comes from that week's roster. It stays on that week's board.
        await hub.Coordinator.DoAsync(week, Engagements.Later(week.Next, "e-late", 6));
        await board
            .WhenAsync(b =>
                b.Picture.Items.GetValueOrDefault("engagement/e-late") is Engagement { Moving: null } e
                && e.Start == Engagements.At(week.Next, 1, 6)
            )
            .WaitAsync(Eventually.Patience);
    }

    [Fact]
    public async Task A_connection_watches_at_most_32_topics_and_a_refused_topic_does_not_affect_the_others()
    {
        await using var client = hub.Coordinator.Watcher();
        var first = hub.EmptyWeek();
        var weeks = Enumerable.Range(0, 33).Select(i => Week.Of(first.Monday.AddDays(-7 * 200).AddDays(7 * i))).ToList();
        List<WatchedTopic> topics = [];
        foreach (var week in weeks)
        {
            topics.Add(client.Watch($"board/ehs/{week}"));
            await topics[^1].WhenAsync(t => t.Link.State is LinkState.Live or LinkState.Refused);
        }
        Assert.All(topics[..32], t => Assert.Equal(LinkState.Live, t.Link.State));
        Assert.Equal("topic.too-many", topics[32].Link.Refusal);

        await topics[0].DisposeAsync();
        await topics[32].DisposeAsync();
        await client.Watch(topics[32].Name).WhenLiveAsync();
    }

    [Fact]
    public async Task A_topic_that_is_dropped_and_watched_again_on_a_slow_connection_is_complete()
    {
        var week = DemoHub.ThisWeek.Next;
        await using var wire = new Wire(hub.Address);
        await using var client = hub.Coordinator.Watcher(at: wire.End);
        await client.Watch($"board/ehs/{hub.EmptyWeek()}").WhenLiveAsync();
        wire.Hold(); // the first snapshot gets stuck on its way to the client
        var first = client.Watch($"board/ehs/{week}");
        var gone = first.DisposeAsync().AsTask();
        var again = client.Watch($"board/ehs/{week}");
        wire.Release();
        await gone;
        await again.WhenLiveAsync();
        // Compares until both show the same moment, because a deadline of another test may change the board in between.
        await Eventually.Async(async () =>
            TopicPicture
                .Empty.With(await hub.Coordinator.GetTopicAsync($"board/ehs/{week}"))
                .Items.Keys.Order()
                .SequenceEqual(again.Picture.Items.Keys.Order())
        );
    }

    [Fact]
    public async Task A_slow_reader_gets_the_latest_state_in_a_few_frames_and_delays_nobody_else()
    {
        var week = DemoHub.ThisWeek.Next;
        await hub.Coordinator.DoAsync(week, Engagements.Plan(week, "e-busy"));
        await using var wire = new Wire(hub.Address);
        // an unpacked snapshot is large enough to fill the connection
        await using var slowClient = hub.Coordinator.Watcher(at: wire.End, with: options => options with { Packed = false });
        await using var quickClient = hub.Coordinator.Watcher();
        var quick = quickClient.Watch($"board/ehs/{week}");
        await quick.WhenLiveAsync();
        await slowClient.Watch($"board/ehs/{hub.EmptyWeek()}").WhenLiveAsync();

        wire.Hold();
        ConcurrentQueue<TopicChange> changes = [];
        var slow = slowClient.Watch($"board/ehs/{week}", changed: changes.Enqueue);
        Decided last = null!;
        for (var i = 0; i < 60; i++)
        {
            last = await hub.Coordinator.DoAsync(week, Engagements.Later(week, "e-busy", 4 + (i % 8)));
            await quick.WhenAtAsync(last.Version);
        }
        Assert.Empty(changes);
        wire.Release();
        var picture = await slow.WhenAtAsync(last.Version);
        Assert.Equal(quick.Picture.ToText(), picture.ToText());
        Assert.InRange(changes.Count, 1, 3); // the snapshot, and all later changes merged
        Assert.InRange(changes.Last().Frame.Items.Count(i => i.Key == "engagement/e-busy"), 0, 1);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task An_item_that_no_longer_matches_a_topics_filter_is_removed_and_a_matching_one_appears(bool resumed)
    {
        // Hosts have no home institution and visitors come from Asan. The engagement goes from the visitor to the host and back.
        var people = await hub.Coordinator.ConsultantsAsync();
        var (host, visitor) = Pair(people);
        var week = DemoHub.ThisWeek.Next.Next;
        var id = resumed ? "e-filter-2" : "e-filter-1";
        var plan = Engagements.Plan(week, id, host.Credentials[0].Hospital.Value) with
        {
            Specialty = host.Specialties[0],
            Consultants = [visitor.Id],
            Reason = "test",
            Start = Engagements.At(week, resumed ? 2 : 1, 5),
            End = Engagements.At(week, resumed ? 2 : 1, 6),
        };
        await hub.Coordinator.DoAsync(week, plan);

        await using var client = hub.Coordinator.Watcher();
        var partner = client.Watch($"board/ehs/{week}/partner/asan");
        var itinerary = client.Watch($"itinerary/{visitor.Id}/{week}");
        var place = client.Watch($"board/ehs/{week}/hospital/{plan.Hospital}");
        var elsewhere = client.Watch($"board/ehs/{week}/hospital/{(plan.Hospital.Value == "al-qassimi" ? "saqr" : "al-qassimi")}");
        foreach (var topic in (WatchedTopic[])[partner, itinerary, place, elsewhere])
            await topic.WhenLiveAsync();
        Assert.All([partner, itinerary, place], t => Assert.Contains($"engagement/{id}", t.Picture.Items));
        Assert.DoesNotContain($"engagement/{id}", elsewhere.Picture.Items);
        Assert.All(place.Picture.Items.Values.OfType<Engagement>(), e => Assert.Equal(plan.Hospital, e.Hospital));
        Assert.All(itinerary.Picture.Items.Values, i => Assert.IsType<Engagement>(i));

        TopicPicture[] before = [partner.Picture, itinerary.Picture];
        if (resumed)
            await client.DisposeAsync();
        await hub.Coordinator.DoAsync(week, Assign(id, host));
        await using var later = hub.Coordinator.Watcher();
        if (resumed)
            (partner, itinerary) = (later.Watch(partner.Name, before[0]), later.Watch(itinerary.Name, before[1]));
        foreach (var topic in (WatchedTopic[])[partner, itinerary])
            await topic.WhenAsync(t => !t.Picture.Items.ContainsKey($"engagement/{id}")).WaitAsync(Eventually.Patience);

        await hub.Coordinator.DoAsync(week, Assign(id, visitor));
        foreach (var topic in (WatchedTopic[])[partner, itinerary])
            await topic.WhenAsync(t => t.Picture.Items.ContainsKey($"engagement/{id}")).WaitAsync(Eventually.Patience);
    }

    [Fact]
    public async Task An_item_that_no_longer_matches_a_topics_filter_is_still_removed_after_a_restart()
    {
        await using var host = await HubHost.StartAsync();
        using var coordinator = await Caller.SignInAsync(host.Address, "p-coordinator");
        var (own, visitor) = Pair(await coordinator.ConsultantsAsync());
        var week = DemoHub.ThisWeek.Next.Next;
        await coordinator.DoAsync(
            week,
            Engagements.Plan(week, "e-1", own.Credentials[0].Hospital.Value) with
            {
                Specialty = own.Specialties[0],
                Consultants = [visitor.Id],
                Reason = "test",
            }
        );
        await using var client = coordinator.Watcher();
        var itinerary = client.Watch($"itinerary/{visitor.Id}/{week}");
        await itinerary.WhenLiveAsync();
        host.Kill();
        await itinerary.WhenAsync(LinkState.Offline);
        await host.RestartAsync();
        await itinerary.WhenLiveAsync();

        await coordinator.DoAsync(week, Assign("e-1", own));

        await itinerary.WhenAsync(t => t.Picture.Items.IsEmpty).WaitAsync(Eventually.Patience);
    }

    [Fact]
    public async Task A_new_alert_and_its_acknowledgement_appear_live_in_the_inbox()
    {
        var week = DemoHub.ThisWeek.Next.Next;
        var (own, visitor) = Pair(await hub.Coordinator.ConsultantsAsync());
        using var consultant = await hub.SignInAsync(visitor.Id.Value);
        await using var client = consultant.Watcher(messagePack: true);
        var inbox = client.Watch($"inbox/{visitor.Id}");
        await inbox.WhenLiveAsync();

        await hub.Coordinator.DoAsync(
            week,
            Engagements.Plan(week, "e-alert", own.Credentials[0].Hospital.Value) with
            {
                Specialty = own.Specialties[0],
                Consultants = [visitor.Id],
                Reason = "test",
                Start = Engagements.At(week, 3, 5),
                End = Engagements.At(week, 3, 6),
            }
        );
        ConsultHub.Inboxes.Alert? Alert() =>
            inbox.Picture.Items.Values.OfType<ConsultHub.Inboxes.Alert>().SingleOrDefault(a => a.Engagement?.Id.Value == "e-alert");
        await inbox.WhenAsync(_ => Alert() is not null).WaitAsync(Eventually.Patience);

        var path = $"api/inboxes/{visitor.Id}/alerts/{Alert()!.Id}/acknowledgement";
        Assert.Equal(HttpStatusCode.NoContent, (await consultant.Http.PostAsync(path, null)).StatusCode);
        // a second acknowledgement is allowed
        Assert.Equal(HttpStatusCode.NoContent, (await consultant.Http.PostAsync(path, null)).StatusCode);
        await inbox.WhenAsync(_ => Alert()!.AcknowledgedAt is not null).WaitAsync(Eventually.Patience);
    }

    [Theory]
    [InlineData("http://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    [InlineData("other scheme", HttpStatusCode.Forbidden)]
    [InlineData("own", HttpStatusCode.SwitchingProtocols)]
    [InlineData(null, HttpStatusCode.SwitchingProtocols)]
    public async Task A_page_of_another_origin_cannot_open_the_hubs_web_socket(string? origin, HttpStatusCode expected)
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.SetRequestHeader("Cookie", hub.Coordinator.Cookie);
        if (origin is not null)
            socket.Options.SetRequestHeader(
                "Origin",
                origin switch
                {
                    "own" => hub.Address.GetLeftPart(UriPartial.Authority),
                    "other scheme" => $"https://{hub.Address.Authority}",
                    _ => origin,
                }
            );
        var address = new UriBuilder(new Uri(hub.Address, "hubs/live")) { Scheme = "ws" }.Uri;
        if (expected == HttpStatusCode.SwitchingProtocols)
            await socket.ConnectAsync(address, default);
        else
            await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(address, default));
        Assert.Equal(expected, socket.HttpStatusCode);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Packed_frames_carry_the_same_items_in_at_most_a_quarter_of_the_bytes(bool messagePack)
    {
        var topic = $"board/ehs/{DemoHub.ThisWeek.Next}";
        await using var plain = Raw(hub.Coordinator, messagePack);
        await using var packed = Raw(hub.Coordinator, messagePack, "hubs/live?packed=1");
        var (whole, sizes) = (new TaskCompletionSource<List<Frame>>(), new List<int>());
        List<Frame> parts = [],
            unpacked = [];
        plain.On<Frame>(
            "Frame",
            part =>
            {
                parts.Add(part);
                if (part.Last)
                    whole.TrySetResult(parts);
            }
        );
        var last = new TaskCompletionSource();
        packed.On<byte[]>(
            "Packed",
            bytes =>
            {
                sizes.Add(bytes.Length);
                using var json = new ZLibStream(new MemoryStream(bytes), CompressionMode.Decompress);
                unpacked.Add(System.Text.Json.JsonSerializer.Deserialize<Frame>(json, HubJson.Options)!);
                if (unpacked[^1].Last)
                    last.TrySetResult();
            }
        );
        foreach (var connection in (HubConnection[])[plain, packed])
        {
            await connection.StartAsync();
            await connection.InvokeAsync("Watch", topic, (string?)null);
        }
        await Task.WhenAll(whole.Task, last.Task).WaitAsync(Eventually.Patience);
        Assert.Equal(
            parts.SelectMany(p => p.Items).Select(i => (i.Key, i.Version)).Order(),
            unpacked.SelectMany(p => p.Items).Select(i => (i.Key, i.Version)).Order()
        );
        Assert.All(unpacked, part => Assert.Equal((topic, FrameKind.Snapshot, parts[^1].Position), (part.Topic, part.Kind, part.Position)));
        Assert.InRange(sizes.Sum(), 1, System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(parts, HubJson.Options).Length / 4);
    }

    [Fact]
    public async Task A_person_who_is_not_signed_in_cannot_open_a_live_connection()
    {
        using var nobody = Caller.Nobody(hub.Address);
        await using var raw = Raw(nobody, false);
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => raw.StartAsync());
        Assert.Contains("401", refused.Message, StringComparison.Ordinal);
    }

    private static Assign Assign(string id, Consultant to) =>
        new()
        {
            CommandId = Guid.NewGuid(),
            Engagement = new(id),
            Consultants = [to.Id],
            Reason = "test",
        };

    /// <summary>A host and a visitor who can replace each other at the host's first hospital.</summary>
    private static (Consultant Host, Consultant Visitor) Pair(List<Consultant> people) =>
        (
            from host in people
            where host.Home is null
            from visitor in people
            where
                visitor.Home is not null
                && visitor.Specialties[0] == host.Specialties[0]
                && visitor.Credentials.Any(c => c.Hospital == host.Credentials[0].Hospital)
            select (host, visitor)
        ).First();

    private HubConnection Raw(Caller caller, bool messagePack, string path = "hubs/live")
    {
        var builder = new HubConnectionBuilder().WithUrl(
            new Uri(hub.Address, path),
            http =>
            {
                (http.SkipNegotiation, http.Transports) = (true, Microsoft.AspNetCore.Http.Connections.HttpTransportType.WebSockets);
                http.Headers["Cookie"] = caller.Cookie;
            }
        );
        if (messagePack)
            builder.AddMessagePackProtocol(HubTopicClient.Configure);
        else
            builder.AddJsonProtocol(json => HubJson.Configure(json.PayloadSerializerOptions));
        return builder.Build();
    }
}
