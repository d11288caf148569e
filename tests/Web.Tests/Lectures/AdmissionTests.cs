using System.Net;
using System.Net.Http.Json;
using ConsultHub.Accounts;
using ConsultHub.Conferences;
using ConsultHub.Lectures;
using ConsultHub.Tests.Fixtures;
using ConsultHub.Web.Accounts;
using static ConsultHub.Tests.Lectures.LectureHub;

namespace ConsultHub.Tests.Lectures;

/// <summary>A lecture's room admits the people who are registered for the conference, its crew, and the network's coordinators.</summary>
public sealed class AdmissionTests(LectureHub hub) : IClassFixture<LectureHub>
{
    private const string Registration = "api/conferences/congress/registration";

    [Fact]
    public async Task A_person_enters_after_registering_and_not_after_taking_the_registration_back()
    {
        var session = await hub.NewLectureAsync();
        var member = New(Role.Consultant);
        await SetAsync(open: true);
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(member, session));
        Assert.Equal("access.denied", (await hub.RefusedAsync(session, member, Question)).Code);
        Assert.Equal(new(RegistrationState.Open, false, false), await MineAsync(member));

        for (var twice = 0; twice < 2; twice++)
            (await hub.Http(member).PutAsync($"{Registration}/mine", null)).EnsureSuccessStatusCode();
        Assert.Equal(new(RegistrationState.Open, true, true), await MineAsync(member));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(member, session));
        await hub.DoAsync(session, member, Question);

        for (var twice = 0; twice < 2; twice++)
            (await hub.Http(member).DeleteAsync($"{Registration}/mine")).EnsureSuccessStatusCode();
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(member, session));
        Assert.Equal(new(RegistrationState.Open, false, false), await MineAsync(member));
    }

    [Fact]
    public async Task Nobody_registers_without_the_organisers_leave_and_a_stranger_only_at_a_public_conference()
    {
        var (member, stranger) = (New(Role.Registrar), New(Role.Coordinator, "elsewhere"));
        await SetAsync(open: false);
        Assert.Equal("registration.closed", await JoinAsync(member));
        Assert.Equal("access.denied", await JoinAsync(stranger));
        await SetAsync(open: true);
        Assert.Equal("access.denied", await JoinAsync(stranger));
        Assert.Equal("access.denied", await JoinAsync(Display));

        await hub.Grains.GetGrain<IConferenceGrain>("congress").SetPublicAsync(Coordinator.Actor, true);
        Assert.Null(await JoinAsync(stranger));
        await hub.Grains.GetGrain<IConferenceGrain>("congress").SetPublicAsync(Coordinator.Actor, false);
        var session = await hub.NewLectureAsync();
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(stranger, session));
    }

    [Fact]
    public async Task A_speaker_of_the_programme_needs_no_registration_before_and_after_the_room_opens()
    {
        var session = hub.NewSession();
        Assert.Equal(HttpStatusCode.OK, (await hub.Http(LectureHub.Speaker).GetAsync($"api/topics/lecture/{session}")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await hub.Http(Consultant).GetAsync($"api/topics/lecture/{session}")).StatusCode);
        await hub.DoAsync(session, Coordinator, new OpenRoom { CommandId = Guid.NewGuid(), Conference = new("congress") });
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(LectureHub.Speaker, session));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(Consultant, session));

        // Whoever joins the crew is admitted at once, and whoever leaves it is refused at once.
        foreach (var given in (bool[])[true, false])
        {
            await hub.DoAsync(
                session,
                Coordinator,
                new SetCrew
                {
                    CommandId = Guid.NewGuid(),
                    Person = Auditor.Person,
                    Role = LectureRole.Moderator,
                    Given = given,
                }
            );
            Assert.Equal(given ? HttpStatusCode.OK : HttpStatusCode.Forbidden, await StatusAsync(Auditor, session));
        }
    }

    [Fact]
    public async Task Somebody_who_is_registered_for_another_conference_stays_outside()
    {
        var session = await hub.NewLectureAsync();
        var other = New(Role.Attendee) with
        {
            Scope = new() { Network = Ehs, Conference = new("another") },
        };
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(other, session));
        var right = New(Role.Attendee) with
        {
            Scope = new() { Network = Ehs, Conference = new("congress") },
        };
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(right, session));
    }

    private static Member Auditor { get; } = new(new("p-auditor"), Role.Auditor, Ehs);

    private static AskQuestion Question => new() { CommandId = Guid.NewGuid(), Text = "Why?" };

    private static Member New(Role role, string network = "ehs") =>
        new(new($"p-{Guid.NewGuid():n}"), role, new(network))
        {
            Scope = new() { Network = new(network), Hospitals = role == Role.Registrar ? [new("h-1")] : [] },
        };

    private async Task SetAsync(bool open) =>
        (await hub.Http(Coordinator).PutAsJsonAsync(Registration, new { open })).EnsureSuccessStatusCode();

    private async Task<RegistrationsApi.OwnRegistration> MineAsync(Member member) =>
        await hub.GetAsync<RegistrationsApi.OwnRegistration>(member, $"{Registration}/mine");

    private async Task<string?> JoinAsync(Member member)
    {
        var answer = await hub.Http(member).PutAsync($"{Registration}/mine", null);
        return answer.IsSuccessStatusCode ? null : (await Caller.ProblemAsync(answer)).Problem.Code;
    }

    private async Task<HttpStatusCode> StatusAsync(Member member, string session) =>
        (await hub.Http(member).GetAsync($"api/lectures/{session}")).StatusCode;
}
