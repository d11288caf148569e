using System.Net.Http.Json;
using System.Threading.Channels;
using ConsultHub.Accounts;
using ConsultHub.Lectures;
using ConsultHub.Lectures.Media;
using ConsultHub.Tests.Fixtures;
using ConsultHub.Tests.Lectures.Media;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace ConsultHub.Tests.Accounts;

/// <summary>A sign-in, a role or an account that ends also ends the person's live connections and publications, and tells why.</summary>
[Collection(nameof(TwoNetworks))]
public sealed class EndedTests(TwoNetworks networks)
{
    private IAccessGrain Access => networks.Hub.Services.GetRequiredService<IGrainFactory>().GetGrain<IAccessGrain>("hub");

    [Fact]
    public async Task A_sign_out_closes_the_live_connection_and_says_why()
    {
        var member = New(Role.Coordinator);
        await using var live = (await networks.ConnectAsync(() => networks.Hub.CookieOf(member), "hubs/live"))!;
        var told = Listen(live, "SignedOut");
        using var http = networks.Hub.CreateDefaultClient();
        http.DefaultRequestHeaders.Add("X-Hub", "1");
        http.DefaultRequestHeaders.Add("Cookie", networks.Hub.CookieOf(member));
        (await http.DeleteAsync("api/session")).EnsureSuccessStatusCode();
        Assert.Equal("session.ended", await told.ReadAsync(TestContext.Current.CancellationToken));
        await Eventually.Async(() => live.State == HubConnectionState.Disconnected);
        var (_, problem) = await Caller.ProblemAsync(await http.GetAsync("api/me"));
        Assert.Equal("session.ended", problem.Code);
    }

    [Fact]
    public async Task A_switched_off_account_closes_the_live_connection_and_says_why()
    {
        var member = New(Role.Attendee);
        await using var live = (await networks.ConnectAsync(() => networks.Hub.CookieOf(member), "hubs/live"))!;
        var told = Listen(live, "SignedOut");
        await DecideAsync(new DeactivateAccount { CommandId = Guid.NewGuid(), Person = member.Person });
        Assert.Equal("session.deactivated", await told.ReadAsync(TestContext.Current.CancellationToken));
        await Eventually.Async(() => live.State == HubConnectionState.Disconnected);
    }

    [Fact]
    public async Task A_role_that_is_taken_away_or_lapses_ends_watching_and_the_sign_in_stays()
    {
        var topic = networks.Fill("board/{network}/{week}", "ehs", Visitors.Everyone[0]);
        foreach (var lapses in (bool[])[false, true])
        {
            var member = New(Role.Coordinator);
            await using var live = (await networks.ConnectAsync(() => networks.Hub.CookieOf(member), "hubs/live"))!;
            var ended = Listen(live, "Ended");
            await live.InvokeAsync("Watch", topic, (string?)null, TestContext.Current.CancellationToken);
            var grant = (await AccountAsync(member)).Grants.Single();
            await DecideAsync(
                lapses
                    ? new GiveRole
                    {
                        CommandId = Guid.NewGuid(),
                        Person = member.Person,
                        Grant = grant with { Until = DateTimeOffset.UtcNow.AddSeconds(1) },
                    }
                    : new TakeRole
                    {
                        CommandId = Guid.NewGuid(),
                        Person = member.Person,
                        Grant = grant.Id,
                    }
            );
            Assert.Equal(topic, await ended.ReadAsync(TestContext.Current.CancellationToken));
            Assert.Equal(HubConnectionState.Connected, live.State);
            var refused = await Assert.ThrowsAsync<HubException>(() => live.InvokeAsync("Watch", topic, (string?)null));
            Assert.EndsWith("topic.denied", refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_speaker_who_loses_the_role_goes_off_air()
    {
        var session = "ehs-congress-1";
        var conference = "ehs-congress";
        var member = New(Role.Speaker) with
        {
            Scope = new()
            {
                Network = new("ehs"),
                Conference = new(conference),
                Session = new(session),
            },
        };
        await using var media = (await networks.ConnectAsync(() => networks.Hub.CookieOf(member), "hubs/lecture"))!;
        var talk = new Talk(await media.InvokeAsync<uint>("Publish", session, (int[])[0, 8], TestContext.Current.CancellationToken));
        await media.InvokeAsync("Upload", MediaWire.Join(talk.Next()), TestContext.Current.CancellationToken);
        await DecideAsync(
            new TakeRole
            {
                CommandId = Guid.NewGuid(),
                Person = member.Person,
                Grant = (await AccountAsync(member)).Grants.Single().Id,
            }
        );
        await Eventually.Async(async () =>
        {
            try
            {
                await media.InvokeAsync("Upload", MediaWire.Join(talk.Next()));
                return false;
            }
            catch (Exception e) when (e is HubException or InvalidOperationException or OperationCanceledException)
            {
                return true;
            }
        });
    }

    [Fact]
    public async Task Somebody_who_leaves_the_crew_of_a_lecture_receives_no_more_of_it()
    {
        const string session = "ehs-congress-1";
        using var coordinator = networks.Http(Visitors.Everyone.Single(v => v is { Name: "coordinator", Network: "ehs" }));
        var auditor = Visitors.Everyone.Single(v => v is { Name: "auditor", Network: "ehs" });
        await SetAsync(given: true);
        await using var media = (await networks.ConnectAsync(auditor, "hubs/lecture"))!;
        var told = Listen(media, "SignedOut");
        await media.InvokeAsync("Watch", session, (int)MediaQuality.Full, TestContext.Current.CancellationToken);
        await SetAsync(given: false);
        Assert.Equal("access.denied", await told.ReadAsync(TestContext.Current.CancellationToken));
        await Eventually.Async(() => media.State == HubConnectionState.Disconnected);

        async Task SetAsync(bool given)
        {
            LectureCommand command = new SetCrew
            {
                CommandId = Guid.NewGuid(),
                Person = new(auditor.Person!),
                Role = LectureRole.Moderator,
                Given = given,
            };
            (await coordinator.PostAsJsonAsync($"api/lectures/{session}/commands", command, HubJson.Options)).EnsureSuccessStatusCode();
        }
    }

    [Fact]
    public async Task An_attendee_who_loses_a_role_in_the_crew_goes_on_watching_without_what_only_the_crew_sees()
    {
        const string session = "ehs-congress-1";
        using var coordinator = networks.Http(Visitors.Everyone.Single(v => v is { Name: "coordinator", Network: "ehs" }));
        await SendAsync(new SetStage { CommandId = Guid.NewGuid(), Stage = LectureStage.Break });
        var speaker = Visitors.Everyone.Single(v => v is { Name: "speaker", Network: "ehs" });
        await using var sending = (await networks.ConnectAsync(speaker, "hubs/lecture"))!;
        var talk = new Talk(await sending.InvokeAsync<uint>("Publish", session, (int[])[0, 8], TestContext.Current.CancellationToken));
        var member = New(Role.Attendee);
        var cookie = networks.Hub.CookieOf(member);
        var moderates = new Grant(
            Guid.NewGuid(),
            Role.Moderator,
            new()
            {
                Network = new("ehs"),
                Conference = new("ehs-congress"),
                Session = new(session),
            },
            DateTimeOffset.UtcNow.AddMinutes(-1),
            null,
            Actor.System.Person
        );
        await DecideAsync(
            new GiveRole
            {
                CommandId = Guid.NewGuid(),
                Person = member.Person,
                Grant = moderates,
            }
        );
        await using var watching = (await networks.ConnectAsync(() => cookie, "hubs/lecture"))!;
        var (media, air) = (Channel.CreateUnbounded<byte[]>(), Channel.CreateUnbounded<bool>());
        watching.On<byte[]>("Media", packet => media.Writer.TryWrite(packet));
        watching.On<Dictionary<string, object>>("Air", told => air.Writer.TryWrite((bool)told["open"]));
        await watching.InvokeAsync("Watch", session, (int)MediaQuality.Full, TestContext.Current.CancellationToken);
        await sending.InvokeAsync("Upload", MediaWire.Join(talk.Next()), TestContext.Current.CancellationToken);
        await media.Reader.ReadAsync(TestContext.Current.CancellationToken);

        await DecideAsync(
            new TakeRole
            {
                CommandId = Guid.NewGuid(),
                Person = member.Person,
                Grant = moderates.Id,
            }
        );
        // The hub tells the person that the room is closed to attendees now.
        await Eventually.Async(() => air.Reader.TryRead(out var open) && !open);
        Assert.Equal(HubConnectionState.Connected, watching.State);
        await SendAsync(new SetStage { CommandId = Guid.NewGuid(), Stage = LectureStage.Live });

        async Task SendAsync(LectureCommand command) =>
            (await coordinator.PostAsJsonAsync($"api/lectures/{session}/commands", command, HubJson.Options)).EnsureSuccessStatusCode();
    }

    private static Member New(Role role) => new(new($"p-{Guid.NewGuid():n}"), role, new("ehs"));

    private async Task DecideAsync(AccessCommand command) => Assert.Null((await Access.DecideAsync(Actor.System, command)).Code);

    private async Task<Account> AccountAsync(Member member) =>
        (await Access.ReadSinceAsync(null)).Items.OfType<Account>().Single(a => a.Person == member.Person);

    /// <summary>The first argument of each call of a client method.</summary>
    private static ChannelReader<string> Listen(HubConnection connection, string method)
    {
        var calls = Channel.CreateUnbounded<string>();
        if (method == "Ended")
            connection.On<string, string>(method, (topic, _) => calls.Writer.TryWrite(topic));
        else
            connection.On<string>(method, code => calls.Writer.TryWrite(code));
        return calls.Reader;
    }
}
