using System.Threading.RateLimiting;
using ConsultHub.Accounts;
using ConsultHub.Conferences;
using ConsultHub.Web.Conferences;
using ConsultHub.Web.Limits;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace ConsultHub.Web.Accounts;

/// <summary>Attendees who open an account for themselves, at public conferences whose organiser allows it.</summary>
public static class RegistrationsApi
{
    private const int MostPeople = 20_000;

    /// <param name="Open">Whether attendees may open accounts for themselves.</param>
    /// <param name="Until">UTC. From then on nobody can register. Null for no limit.</param>
    /// <param name="Most">How many people can register. Null for no limit.</param>
    public sealed record SelfRegistration(bool Open, DateTimeOffset? Until = null, int? Most = null);

    /// <param name="Name">The person's name, in English letters.</param>
    public sealed record NewAttendee(ConferenceId Conference, string Name, string? Email, string UserName, string Password);

    internal static void MapRegistrations(this IEndpointRouteBuilder app)
    {
        app.MapPut("/api/conferences/{id}/registration", SetAsync)
            .WithTags("Conferences")
            .Requires(Access.To(ConferenceActions.Manage, Thing.Conference));
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

    /// <summary>
    /// Opens an account with the role of an attendee in the conference's network, and signs the person in. The password is hashed before
    /// the user name is looked up, so that the time of the answer does not show whether the name exists.
    /// </summary>
    private static async Task<Results<NoContent, ProblemHttpResult>> RegisterAsync(NewAttendee body, HttpContext http, IGrainFactory grains)
    {
        var services = http.RequestServices;
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        if (
            body.Conference.Value is null
            || await grains.GetGrain<IConferenceGrain>(body.Conference.Value).GetAsync() is not { Network: { } network } conference
        )
            return Refused(RegistrationState.Closed);
        if (conference.RegistrationAt(now) is not RegistrationState.Open and var state)
            return Refused(state);
        if (Passwords.FaultOf(body.Password, (body.UserName ?? "").Trim()) is { } weak)
            return Problems.Of(SignInCodes.WeakPassword, weak, "$.password");
        if (!services.GetRequiredService<RegistrationLimit>().Passes())
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
            Grants = [new(RolesApi.IdOf(command, 0), Role.Attendee, new() { Network = network }, now, null, Actor.System.Person)],
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
        // The password is stored first. If the node fails in between, nothing is left that anybody could use, but the place stays taken.
        await services.GetRequiredService<AccountStore>().CreateAsync(user, http.RequestAborted);
        var places = grains.GetGrain<IConferenceGrain>(conference.Id.Value);
        if (await places.TakeRegistrationAsync() is not RegistrationState.Open and var taken)
            return Refused(taken);
        var reply = await grains.GetGrain<IAccessGrain>("hub").DecideAsync(Actor.System, open);
        if (reply.Refusal is { } refusal)
        {
            await places.GiveRegistrationBackAsync();
            return Problems.Of(refusal);
        }
        await book.CatchUpAsync();
        await services.GetRequiredService<SignIns>().BeginAsync(http, person, factor: false, demo: false);
        return TypedResults.NoContent();
    }
}

/// <summary>Bounds how many people may register themselves in an hour. Each web node counts for itself.</summary>
internal sealed class RegistrationLimit(IOptions<SignInOptions> options) : IDisposable
{
    private readonly FixedWindowRateLimiter? _limiter =
        options.Value.SelfRegistrationsPerHour == 0
            ? null
            : new(new() { PermitLimit = options.Value.SelfRegistrationsPerHour, Window = TimeSpan.FromHours(1) });

    public bool Passes()
    {
        using var lease = _limiter?.AttemptAcquire();
        return lease?.IsAcquired == true;
    }

    public void Dispose() => _limiter?.Dispose();
}
