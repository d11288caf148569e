using System.Threading.RateLimiting;
using ConsultHub.Accounts;
using ConsultHub.Conferences;
using ConsultHub.Web.Conferences;
using ConsultHub.Web.Limits;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace ConsultHub.Web.Accounts;

/// <summary>
/// Attendees who register themselves for a conference whose organiser allows it. At a public conference, people without an account can open
/// one.
/// </summary>
public static class RegistrationsApi
{
    private const int MostPeople = 20_000;

    /// <param name="Open">Whether attendees may register themselves.</param>
    /// <param name="Until">UTC. From then on nobody can register. Null for no limit.</param>
    /// <param name="Most">How many people can register. Null for no limit.</param>
    public sealed record SelfRegistration(bool Open, DateTimeOffset? Until = null, int? Most = null);

    /// <summary>Whether the viewer is registered for a conference, or may register.</summary>
    /// <param name="State">Whether the viewer may register now.</param>
    /// <param name="Registered">Whether the viewer attends the conference: as somebody registered, as crew or as a coordinator.</param>
    /// <param name="Own">Whether the viewer has registered personally, and so can take the registration back.</param>
    public sealed record OwnRegistration(RegistrationState State, bool Registered, bool Own);

    /// <param name="Name">The person's name, in English letters.</param>
    public sealed record NewAttendee(ConferenceId Conference, string Name, string? Email, string UserName, string Password);

    internal static void MapRegistrations(this IEndpointRouteBuilder app)
    {
        var registration = app.MapGroup("/api/conferences/{id}/registration").WithTags("Conferences");
        registration.MapPut("/", SetAsync).Requires(Access.To(ConferenceActions.Manage, Thing.Conference));
        registration.MapGet("/mine", MineAsync).Requires(Access.SignedIn);
        registration.MapPut("/mine", JoinAsync).Requires(Access.SignedIn);
        registration.MapDelete("/mine", LeaveAsync).Requires(Access.SignedIn);
        app.MapPost("/api/registrations", RegisterAsync)
            .WithTags("Accounts")
            .Requires(Access.Anybody)
            .RequireRateLimiting(LimitHosting.SignIn);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> SetAsync(
        ConferenceId id,
        SelfRegistration body,
        HttpContext http,
        IGrainFactory grains
    )
    {
        var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        if (body.Most is < 1 or > MostPeople)
            return Problems.Of(AccountCodes.BadRegistration, place: "$.most");
        if (body.Open && body.Until <= now)
            return Problems.Of(AccountCodes.BadRegistration, place: "$.until");
        return await grains
            .GetGrain<IConferenceGrain>(id.Value)
            .SetRegistrationAsync(Viewer.Of(http).Actor, new(body.Open, body.Until, body.Most))
            ? TypedResults.NoContent()
            : ConferencesApi.Unknown(id);
    }

    private static ProblemHttpResult Refused(RegistrationState state) =>
        Problems.Of(
            state switch
            {
                RegistrationState.Over => AccountCodes.RegistrationOver,
                RegistrationState.Full => AccountCodes.RegistrationFull,
                _ => AccountCodes.RegistrationClosed,
            },
            place: "$.conference"
        );

    private static async Task<Results<Ok<OwnRegistration>, ProblemHttpResult>> MineAsync(
        ConferenceId id,
        HttpContext http,
        IGrainFactory grains
    )
    {
        var viewer = Viewer.Of(http);
        var (conference, refused) = await FindAsync(id, viewer, grains);
        return conference is null
            ? refused!
            : TypedResults.Ok(
                new OwnRegistration(
                    MayJoin(viewer, conference) ? StateFor(viewer, conference, http) : RegistrationState.Closed,
                    Access.May(viewer, ConferenceActions.Attend, OfConference(conference)),
                    viewer.Grants.Any(g => g.Id == AccountRules.RegistrationOf(id, viewer.Person))
                )
            );
    }

    /// <summary>Registers the viewer. A second registration changes nothing.</summary>
    private static async Task<Results<NoContent, ProblemHttpResult>> JoinAsync(ConferenceId id, HttpContext http, IGrainFactory grains)
    {
        var viewer = Viewer.Of(http);
        var (conference, refused) = await FindAsync(id, viewer, grains);
        if (conference is null)
            return refused!;
        if (!MayJoin(viewer, conference))
            return Problems.Of(AccessCodes.Denied);
        if (StateFor(viewer, conference, http) == RegistrationState.Closed)
            return Refused(RegistrationState.Closed);
        if (Access.May(viewer, ConferenceActions.Attend, OfConference(conference)))
            return TypedResults.NoContent();
        // Somebody who looks after roles has ended the registration. The person cannot bring it back.
        if (viewer.Account.Grants.Any(g => g.Id == AccountRules.RegistrationOf(id, viewer.Person)))
            return Refused(RegistrationState.Over);
        var places = grains.GetGrain<IConferenceGrain>(id.Value);
        if (await places.TakeRegistrationAsync(viewer.Person, IsOfNetwork(viewer, conference)) is not RegistrationState.Open and var state)
            return Refused(state);
        var done = await ChangeAsync(
            new GiveRole
            {
                CommandId = Guid.NewGuid(),
                Person = viewer.Person,
                Grant = AttendeeOf(conference, AccountRules.RegistrationOf(id, viewer.Person), viewer.Person, http),
                Reason = $"Registered for {id}.",
            },
            http,
            grains
        );
        if (done.Result is ProblemHttpResult)
            await places.GiveRegistrationBackAsync(viewer.Person);
        return done;
    }

    /// <summary>Takes the viewer's own registration back. Without one, nothing changes.</summary>
    private static async Task<Results<NoContent, ProblemHttpResult>> LeaveAsync(ConferenceId id, HttpContext http, IGrainFactory grains)
    {
        var viewer = Viewer.Of(http);
        var (conference, refused) = await FindAsync(id, viewer, grains);
        if (conference is null)
            return refused!;
        var grant = AccountRules.RegistrationOf(id, viewer.Person);
        if (!viewer.Grants.Any(g => g.Id == grant))
            return TypedResults.NoContent();
        var done = await ChangeAsync(
            new TakeRole
            {
                CommandId = Guid.NewGuid(),
                Person = viewer.Person,
                Grant = grant,
                Reason = $"Took the registration for {id} back.",
            },
            http,
            grains
        );
        if (done.Result is NoContent)
            await grains.GetGrain<IConferenceGrain>(id.Value).GiveRegistrationBackAsync(viewer.Person);
        return done;
    }

    private static RegistrationState StateFor(Viewer viewer, Conference conference, HttpContext http) =>
        conference.RegistrationAt(http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow(), IsOfNetwork(viewer, conference));

    /// <summary>Finds a conference whose programme the viewer may read.</summary>
    private static async Task<(Conference? Conference, ProblemHttpResult? Refused)> FindAsync(
        ConferenceId id,
        Viewer viewer,
        IGrainFactory grains
    ) =>
        await grains.GetGrain<IConferenceGrain>(id.Value).GetAsync() switch
        {
            { Network: not null } conference
                when conference.Public || Access.May(viewer, ConferenceActions.Read, OfConference(conference)) => (conference, null),
            { Network: not null } => (null, Problems.Of(AccessCodes.Denied)),
            _ => (null, ConferencesApi.Unknown(id)),
        };

    /// <summary>
    /// Whether somebody may register if the organiser allows it: people of the network, and for a public conference everybody with an
    /// account of a person.
    /// </summary>
    private static bool MayJoin(Viewer viewer, Conference conference) =>
        IsOfNetwork(viewer, conference) || (conference.Public && viewer is { Account.Kind: AccountKind.Person, Role: not Role.Display });

    private static bool IsOfNetwork(Viewer viewer, Conference conference) =>
        Access.May(viewer, ConferenceActions.Follow, OfConference(conference));

    private static Subject OfConference(Conference conference) => new(conference.Network) { Conference = conference.Id };

    /// <summary>The hub itself gives and takes these roles, because attendees have no right to give roles.</summary>
    private static async Task<Results<NoContent, ProblemHttpResult>> ChangeAsync(
        AccessCommand command,
        HttpContext http,
        IGrainFactory grains
    )
    {
        var reply = await grains.GetGrain<IAccessGrain>("hub").DecideAsync(Actor.System, command);
        await http.RequestServices.GetRequiredService<AccessBook>().CatchUpAsync();
        return reply.Refusal is { } refusal ? Problems.Of(refusal) : TypedResults.NoContent();
    }

    private static Grant AttendeeOf(Conference conference, Guid id, PersonId by, HttpContext http) =>
        new(
            id,
            Role.Attendee,
            new() { Network = conference.Network, Conference = conference.Id },
            http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow(),
            null,
            by
        );

    /// <summary>
    /// Opens an account with the role of an attendee of the conference, and signs the person in. The password is hashed before the user
    /// name is looked up, so that the time of the answer does not show whether the name exists.
    /// </summary>
    private static async Task<Results<NoContent, ProblemHttpResult>> RegisterAsync(NewAttendee body, HttpContext http, IGrainFactory grains)
    {
        var services = http.RequestServices;
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        if (
            body.Conference.Value is null
            || await grains.GetGrain<IConferenceGrain>(body.Conference.Value).GetAsync() is not { Network: not null } conference
        )
            return Refused(RegistrationState.Closed);
        if (conference.RegistrationAt(now) is not RegistrationState.Open and var state)
            return Refused(state);
        if (Passwords.FaultOf(body.Password, (body.UserName ?? "").Trim()) is { } weak)
            return Problems.Of(SignInCodes.WeakPassword, weak, "$.password");
        if (!services.GetRequiredService<RegistrationLimit>().Passes(http))
            return Problems.Of(RequestCodes.TooMany, "Too many people have registered in the last hour. Try again later.");
        var command = Guid.NewGuid();
        var person = new PersonId($"p-{command:n}");
        var open = new OpenAccount
        {
            CommandId = command,
            Person = person,
            UserName = (body.UserName ?? "").Trim(),
            Name = new((body.Name ?? "").Trim()),
            Email = string.IsNullOrWhiteSpace(body.Email) ? null : body.Email.Trim(),
            Grants = [AttendeeOf(conference, AccountRules.RegistrationOf(conference.Id, person), person, http)],
            Reason = $"Registered for {conference.Id}.",
        };
        var account = new Account
        {
            Person = person,
            UserName = open.UserName.ToLowerInvariant(),
            Name = open.Name,
        };
        var user = new HubUser(account, 0, Secrets.None);
        services.GetRequiredService<Passwords>().Set(user, body.Password);
        var book = services.GetRequiredService<AccessBook>();
        await book.CatchUpAsync();
        if (book.IsNameTaken(account.UserName))
            return Problems.Of(AccountCodes.NameTaken, place: "$.userName");
        // The password is stored before the account is opened. If the node fails between these steps, nobody can use the password, but a
        // place may stay taken.
        await services.GetRequiredService<AccountStore>().CreateAsync(user, http.RequestAborted);
        var places = grains.GetGrain<IConferenceGrain>(conference.Id.Value);
        if (await places.TakeRegistrationAsync(person, ofNetwork: false) is not RegistrationState.Open and var taken)
            return Refused(taken);
        var reply = await grains.GetGrain<IAccessGrain>("hub").DecideAsync(Actor.System, open);
        if (reply.Refusal is { } refusal)
        {
            await places.GiveRegistrationBackAsync(person);
            return Problems.Of(refusal);
        }
        await book.CatchUpAsync();
        await services.GetRequiredService<SignIns>().BeginAsync(http, person, user.Version, factor: false, demo: false);
        return TypedResults.NoContent();
    }
}

/// <summary>
/// Bounds how many people may register themselves in an hour, at all and from one address. Each web node counts for itself.
/// </summary>
internal sealed class RegistrationLimit(IOptions<SignInOptions> options) : IDisposable
{
    private readonly PartitionedRateLimiter<HttpContext> _limiter = PartitionedRateLimiter.CreateChained(
        // A try that is refused here does not count below, so one address cannot use up the limit of all.
        PartitionedRateLimiter.Create<HttpContext, string>(http =>
            PerHour(HubLimits.Source(http), options.Value.SelfRegistrationsPerHourAndAddress)
        ),
        PartitionedRateLimiter.Create<HttpContext, string>(_ => PerHour("", options.Value.SelfRegistrationsPerHour))
    );

    public bool Passes(HttpContext http)
    {
        if (options.Value.SelfRegistrationsPerHour == 0)
            return false;
        using var lease = _limiter.AttemptAcquire(http);
        return lease.IsAcquired;
    }

    private static RateLimitPartition<string> PerHour(string key, int most) =>
        RateLimitPartition.GetFixedWindowLimiter(key, _ => new() { PermitLimit = most, Window = TimeSpan.FromHours(1) });

    public void Dispose() => _limiter.Dispose();
}
