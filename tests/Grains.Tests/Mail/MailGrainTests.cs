using System.Collections.Immutable;
using ConsultHub.Journal;
using ConsultHub.Mail;
using ConsultHub.Tests.Rostering;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ConsultHub.Tests.Mail;

public sealed class MailGrainTests : IAsyncLifetime
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    private readonly MovableClock _clock = new(new(2026, 11, 24, 6, 0, 0, TimeSpan.Zero));
    private readonly string _folder = TestHub.NewFolder();
    private TestHub _hub = null!;

    private IMailGrain Grain => _hub.Grains.GetGrain<IMailGrain>("hub");

    public async ValueTask InitializeAsync() => _hub = await StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _hub.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private Task<TestHub> StartAsync() =>
        TestHub.StartAsync(
            _folder,
            services => services.Replace(ServiceDescriptor.Singleton(provider => WithClock.Authorities(provider, _clock)))
        );

    private static NewMail Mail(string person = "p-1", string? replaces = null) =>
        new(Guid.NewGuid(), new(person), MailKind.Invitation, [1, 2, 3], Replaces: replaces);

    private async Task<ImmutableArray<Guid>> ClaimAsync() => [.. (await Grain.ClaimAsync(200, Lease)).Select(m => m.Id)];

    [Fact]
    public async Task A_mail_is_given_to_one_node_until_the_lease_is_over_or_the_node_gives_it_back()
    {
        var mail = Mail();
        Assert.Null((await Grain.QueueAsync([mail])).Code);
        Assert.Equal([mail.Id], await ClaimAsync());
        Assert.Empty(await ClaimAsync());
        _clock.Advance(Lease);
        Assert.Equal([mail.Id], await ClaimAsync());
        await Grain.ReleaseAsync([mail.Id]);
        Assert.Equal([mail.Id], await ClaimAsync());
        await Grain.FinishAsync([new(mail.Id, MailResult.Sent)]);
        _clock.Advance(Lease);
        Assert.Empty(await ClaimAsync());
        Assert.Equal(MailState.Sent, (await Grain.OfPersonAsync(new("p-1"), 10)).Single().State);
    }

    [Fact]
    public async Task A_stored_mail_is_given_out_after_a_restart_even_if_a_node_had_it()
    {
        var mail = Mail();
        await Grain.QueueAsync([mail]);
        Assert.Equal([mail.Id], await ClaimAsync());
        await _hub.DisposeAsync();
        _hub = await StartAsync();
        Assert.Equal([mail.Id], await ClaimAsync());
    }

    [Fact]
    public async Task A_full_queue_refuses_all_mails_of_a_request_and_keeps_what_it_has()
    {
        Assert.Null((await Grain.QueueAsync([.. Enumerable.Range(0, MailRules.MostWaiting - 1).Select(_ => Mail())])).Code);
        Assert.Equal(MailCodes.Full.Name, (await Grain.QueueAsync([Mail("p-2"), Mail("p-2")])).Code);
        Assert.Equal(1, await Grain.RoomAsync());
        Assert.Empty(await Grain.OfPersonAsync(new("p-2"), 10));
        Assert.Null((await Grain.QueueAsync([Mail("p-2")])).Code);
        Assert.Equal(0, await Grain.RoomAsync());
    }

    [Fact]
    public async Task A_newer_mail_with_the_same_key_takes_the_place_of_one_that_waits_even_in_a_full_queue()
    {
        var older = Mail(replaces: "link/p-1");
        await Grain.QueueAsync([older, .. Enumerable.Range(0, MailRules.MostWaiting - 1).Select(_ => Mail("p-2"))]);
        var newer = Mail(replaces: "link/p-1");
        Assert.Null((await Grain.QueueAsync([newer])).Code);
        var states = (await Grain.OfPersonAsync(new("p-1"), 10)).ToDictionary(m => m.Id, m => m.State);
        Assert.Equal((MailState.Replaced, MailState.Waiting), (states[older.Id], states[newer.Id]));
        // The result of the older mail no longer matters.
        await Grain.FinishAsync([new(older.Id, MailResult.NotYet, "away")]);
        Assert.Equal(MailState.Replaced, (await Grain.OfPersonAsync(new("p-1"), 10)).Single(m => m.Id == older.Id).State);
    }

    [Fact]
    public async Task A_batch_that_comes_again_after_it_was_sent_is_not_sent_twice()
    {
        var mail = Mail();
        await Grain.QueueAsync([mail]);
        await Grain.FinishAsync([new(mail.Id, MailResult.Sent)]);
        Assert.Null((await Grain.QueueAsync([mail])).Code);
        Assert.Empty(await ClaimAsync());
    }

    [Fact]
    public async Task What_a_person_causes_again_and_again_is_mailed_at_once_and_then_at_most_every_five_minutes()
    {
        NewMail Changed() => Mail(replaces: "changed/p-1") with { Kind = MailKind.PasswordChanged, Receiver = "address" };
        var first = Changed();
        await Grain.QueueAsync([first]);
        Assert.Equal([first.Id], await ClaimAsync());
        await Grain.FinishAsync([new(first.Id, MailResult.Sent)]);
        NewMail last = first;
        for (var i = 0; i < 4; i++)
        {
            Assert.Null((await Grain.QueueAsync([last = Changed()])).Code);
            Assert.Empty(await ClaimAsync());
            _clock.Advance(TimeSpan.FromMinutes(1));
        }
        // Each newer mail has taken the place of the waiting one, and has not put it off.
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal([last.Id], await ClaimAsync());
    }

    [Fact]
    public async Task Twenty_mails_in_an_hour_reach_an_address_whoever_causes_them_and_invitations_are_not_counted()
    {
        NewMail To(int person) => Mail($"p-{person}") with { Kind = MailKind.PasswordChanged, Receiver = "address" };
        for (var i = 0; i < MailRules.MostToReceiver; i++)
        {
            var mail = To(i);
            Assert.Null((await Grain.QueueAsync([mail])).Code);
            if (i % 2 == 0)
                await Grain.FinishAsync([new(mail.Id, MailResult.Sent)]);
        }
        Assert.Equal(MailCodes.TooOften.Name, (await Grain.QueueAsync([To(100)])).Code);
        Assert.Null((await Grain.QueueAsync([Mail("p-100")])).Code);
        Assert.Null((await Grain.QueueAsync([To(100) with { Receiver = "another" }])).Code);
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Null((await Grain.QueueAsync([To(100)])).Code);
    }

    [Fact]
    public async Task Mails_that_people_cause_again_and_again_leave_room_for_the_others()
    {
        var most = MailRules.MostWaiting - MailRules.Reserved;
        NewMail Caused(int i) => Mail($"p-{i}") with { Kind = MailKind.PasswordChanged, Receiver = $"address-{i}" };
        for (var i = 0; i < most; i += 1_000)
            Assert.Null((await Grain.QueueAsync([.. Enumerable.Range(i, 1_000).Select(Caused)])).Code);
        Assert.Equal(MailCodes.Full.Name, (await Grain.QueueAsync([Caused(most)])).Code);
        Assert.Null((await Grain.QueueAsync([Mail("p-x")])).Code);
    }

    [Fact]
    public async Task Pauses_grow_until_a_mail_is_undeliverable_after_a_day()
    {
        var mail = Mail();
        await Grain.QueueAsync([mail]);
        List<TimeSpan> pauses = [];
        while (true)
        {
            Assert.Equal([mail.Id], await ClaimAsync());
            await Grain.FinishAsync([new(mail.Id, MailResult.NotYet, "451 Come back later")]);
            var view = (await Grain.OfPersonAsync(new("p-1"), 10)).Single();
            if (view.NextAt is not { } next)
            {
                Assert.Equal((MailState.Undeliverable, "451 Come back later"), (view.State, view.Why));
                break;
            }
            pauses.Add((next - view.ChangedAt!.Value).Round());
            _clock.Advance(next - _clock.GetUtcNow());
        }
        Assert.Equal(pauses.Order(), pauses);
        Assert.Equal((MailRules.PauseAfter(1), MailRules.PauseAfter(100)), (pauses[0], pauses[^1]));
        Assert.InRange(pauses.Aggregate(TimeSpan.Zero, (sum, pause) => sum + pause), TimeSpan.FromHours(22), TimeSpan.FromHours(24));
        Assert.Equal([mail.Id], (await Grain.ReportAsync()).Failed.Select(m => m.Id));
    }

    [Fact]
    public async Task A_mail_waits_for_its_time_and_is_dropped_when_it_is_of_no_use()
    {
        var now = _clock.GetUtcNow();
        var later = Mail() with { NotBefore = now.AddMinutes(1) };
        var useless = Mail("p-2") with { Until = now.AddMinutes(1) };
        await Grain.QueueAsync([later]);
        Assert.Empty(await ClaimAsync());
        await Grain.QueueAsync([useless]);
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal([later.Id], await ClaimAsync());
        Assert.Equal(MailState.Expired, (await Grain.OfPersonAsync(new("p-2"), 10)).Single().State);
    }

    [Fact]
    public async Task What_became_of_a_mail_is_forgotten_after_a_while()
    {
        var old = Mail();
        await Grain.QueueAsync([old]);
        await Grain.FinishAsync([new(old.Id, MailResult.Sent)]);
        _clock.Advance(MailRules.Remembered);
        Assert.Single(await Grain.OfPersonAsync(new("p-1"), 10));
        var newer = Mail("p-2");
        await Grain.QueueAsync([newer]);
        await Grain.FinishAsync([new(newer.Id, MailResult.Sent)]);
        Assert.Empty(await Grain.OfPersonAsync(new("p-1"), 10));
    }

    [Fact]
    public void The_content_of_a_mail_is_forgotten_when_it_waits_no_longer()
    {
        var mail = Mail();
        var at = DateTimeOffset.UnixEpoch;
        JournalEntry<MailEvent> Entry(long version, MailEvent happened) =>
            new(version, at, Actor.System, Guid.Empty, [happened], [], null, [], null);
        var queue = new MailQueue().Apply(Entry(1, new MailQueued(mail, at)));
        Assert.Equal(mail.Protected, queue.Waiting[mail.Id].Mail.Protected);
        queue = queue.Apply(Entry(2, new MailFinished(mail.Id, MailState.Sent, null, Tried: true)));
        Assert.Empty(queue.Waiting);
        Assert.Equal((1, MailState.Sent), (queue.Finished.Single().Tries, queue.Finished.Single().State));
    }
}

internal static class Rounded
{
    /// <summary>Rounds to seconds, because the clock runs while a test runs.</summary>
    public static TimeSpan Round(this TimeSpan time) => TimeSpan.FromSeconds(Math.Round(time.TotalSeconds));
}
