using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using ConsultHub.Accounts;
using ConsultHub.Audit;
using ConsultHub.Web.Accounts;
using ConsultHub.Web.Limits;

namespace ConsultHub.Web;

/// <summary>
/// Notes what the trace tells of requests. A request only puts a row into a queue in memory, so it neither waits nor fails because of the
/// trace. <see cref="Audit.AuditSender"/> stores the rows.
/// </summary>
internal sealed class AuditTrail
{
    /// <summary>How many rows wait at most in the queue.</summary>
    public const int MostWaiting = 8_192;

    private readonly TimeProvider _clock;
    private readonly Channel<Note> _notes;
    private int _dropped;

    public AuditTrail(TimeProvider clock)
    {
        _clock = clock;
        _notes = Channel.CreateBounded<Note>(
            new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true },
            _ => Drop(1)
        );
    }

    /// <param name="Network">Where it happened. Null if that is not known. Then the person's networks count.</param>
    /// <param name="About">The person whose data was read or changed, if that is somebody else.</param>
    public sealed record Note(AuditRow Row, NetworkId? Network, PersonId? About);

    public bool TryTake([NotNullWhen(true)] out Note? note) => _notes.Reader.TryRead(out note);

    /// <summary>Counts rows that had to be given up.</summary>
    public void Drop(int rows) => Interlocked.Add(ref _dropped, rows);

    /// <summary>How many rows were given up since the last call.</summary>
    public int TakeDropped() => Interlocked.Exchange(ref _dropped, 0);

    /// <summary>Notes something that a person did in a request.</summary>
    /// <param name="person">The person. Null for the person of the request.</param>
    public void Add(HttpContext http, string kind, string what, PersonId? person = null, NetworkId? network = null, string? why = null)
    {
        var traced = http.Features.Get<Traced>();
        var endpoint = http.GetEndpoint() as RouteEndpoint;
        Add(
            new AuditRow(Guid.CreateVersion7(), _clock.GetUtcNow(), kind, what)
            {
                Person = person ?? traced?.Person ?? SignInTicket.From(http.User)?.Person,
                Address = HubLimits.Address(http),
                Device = SignIns.DeviceOf(http),
                Route = endpoint is null ? null : $"{http.Request.Method} /{endpoint.RoutePattern.RawText?.Trim('/')}",
                Thing = traced?.Thing ?? ThingOf(http, endpoint),
                Why = why,
            },
            traced?.Network ?? network,
            TextId.TryParse<PersonId>(http.Request.RouteValues["person"] as string, out var about) ? about : null
        );
    }

    /// <summary>Notes something that a person did through a live connection.</summary>
    public void Add(
        HttpContext? http,
        string kind,
        string what,
        PersonId? person,
        string method,
        string? thing,
        string? why = null,
        PersonId? about = null
    ) =>
        Add(
            new AuditRow(Guid.CreateVersion7(), _clock.GetUtcNow(), kind, what)
            {
                Person = person,
                Address = http is null ? null : HubLimits.Address(http),
                Device = http is null ? null : SignIns.DeviceOf(http),
                Route = method,
                Thing = thing,
                Why = why,
            },
            null,
            about
        );

    /// <summary>Notes the outcome of a request: a refusal, or what the endpoint says of a request that succeeds.</summary>
    public void AddOutcome(HttpContext http, RouteEndpoint endpoint, NetworkId? network)
    {
        var status = http.Response.StatusCode;
        if (status is >= 200 and < 300)
        {
            if (endpoint.Metadata.GetMetadata<TraceMark>() is { } mark && http.Features.Get<Traced>() is not { Skipped: true })
                Add(http, mark.Kind, mark.What, network: network);
            return;
        }
        var isSignIn = endpoint.Metadata.GetMetadata<SignInMark>() is not null;
        if (status is not (401 or 403) && !(isSignIn && status == 404))
            return;
        var code = http.Features.Get<Traced>()?.Code ?? (status == 401 ? AccessCodes.NotSignedIn : AccessCodes.Denied).Name;
        // Each page asks at first whether anybody is signed in. That is no attempt to do something.
        if (code == AccessCodes.NotSignedIn.Name && http.Request.Path.StartsWithSegments("/api/session"))
            return;
        var what = endpoint.Metadata.GetMetadata<AccessRule>() is { } rule && !isSignIn ? rule.Action?.Name ?? rule.Name : "sign-in";
        Add(http, isSignIn ? AuditKinds.SignInRefused : AuditKinds.Refused, what, network: network, why: code);
    }

    private void Add(AuditRow row, NetworkId? network, PersonId? about) => _notes.Writer.TryWrite(new(row, network, about));

    /// <summary>The values in the address. A secret of a link is not one of them.</summary>
    private static string? ThingOf(HttpContext http, RouteEndpoint? endpoint)
    {
        if (endpoint is null || endpoint.RoutePattern.Parameters.Count == 0)
            return null;
        var values = endpoint
            .RoutePattern.Parameters.Where(p => p.Name is not "token")
            .Select(p => http.Request.RouteValues[p.Name]?.ToString())
            .Where(value => !string.IsNullOrEmpty(value));
        return string.Join('/', values) is { Length: > 0 } thing ? thing : null;
    }
}
