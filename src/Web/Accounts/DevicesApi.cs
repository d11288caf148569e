using System.Collections.Immutable;
using ConsultHub.Accounts;
using ConsultHub.Audit;
using ConsultHub.Grave;
using ConsultHub.Web.Limits;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ConsultHub.Web.Accounts;

/// <summary>
/// Wall displays and kiosks. Each is an account of its own without a password. A link signs it in. Its account is renamed and switched off
/// as those of people are, see <see cref="PeopleApi"/>.
/// </summary>
public static class DevicesApi
{
    private const int MostListed = 200,
        LongestPage = 200;

    /// <param name="Page">The path of the page that the device shows, such as <c>/board/ehs</c>.</param>
    public sealed record NewDevice(
        Guid CommandId,
        string Name,
        NetworkId Network,
        string Page,
        ImmutableArray<HospitalId>? Hospitals = null
    ) : ICommand;

    /// <param name="Page">The path of the page that the device shows.</param>
    public sealed record DevicePage(string Page);

    /// <param name="Link">The address if <c>Hub:PublicUrl</c> is set, otherwise only its path. The hub shows it only now.</param>
    public sealed record DeviceLink(PersonId Person, string Link, DateTimeOffset Until);

    /// <param name="SignedInUntil">When the device's sign-in ends. Null if it has not signed in.</param>
    /// <param name="SeenAt">When the device last opened a page, to within half an hour.</param>
    /// <param name="LinkUntil">Until when the link waits for the device. Null if no link waits.</param>
    public sealed record DeviceView(
        PersonId Person,
        LocalName Name,
        string UserName,
        ImmutableArray<Grant> Grants,
        bool Deactivated,
        DateTimeOffset? SignedInUntil,
        DateTimeOffset? SeenAt,
        string? Address,
        DateTimeOffset? LinkUntil
    );

    internal static void MapDevices(this IEndpointRouteBuilder app)
    {
        var links = app.MapGroup("/api/device-links").WithTags("Devices");
        links
            .MapPost("/", OpenAsync)
            .Requires(Access.Gravely(Access.ToSome(AccountActions.Change), GraveAct.DeviceLinkMade))
            .Traces(AuditKinds.SecretsChanged, "link.made");
        links.MapGet("/", ListAsync).Requires(Access.ToSome(AccountActions.Change));
        links
            .MapPost("/{person}", RenewAsync)
            .Requires(Access.Gravely(Access.ToSome(AccountActions.Change), GraveAct.DeviceLinkMade))
            .Traces(AuditKinds.SecretsChanged, "link.made");
        links.MapPost("/use", UseAsync).Requires(Access.HoldsLink).RequireRateLimiting(LimitHosting.SignIn);
    }

    /// <summary>Opens the account of a new device and returns the link that signs the device in.</summary>
    private static async Task<Results<Created<DeviceLink>, ProblemHttpResult>> OpenAsync(
        NewDevice body,
        HttpContext http,
        IGrainFactory grains
    )
    {
        var viewer = Viewer.Of(http);
        if (!IsPage(body.Page))
            return BadPage();
        if (body.Network.Value is null)
            return Problems.Of(RequestCodes.BadJson, "The network is missing.", "$.network");
        var scope = new GrantScope { Network = body.Network, Hospitals = body.Hospitals ?? [] };
        if (Access.GrantToGive(viewer, Role.Display, scope) is not { } gives)
            return Problems.Of(AccessCodes.Denied, "You may not set up a device there.", "$.network");
        if (await RolesApi.UnknownInAsync(scope, grains) is { } unknown)
            return Problems.Of(AccountCodes.BadScope, unknown, "$.network");
        var id = $"{body.CommandId:n}";
        var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        var reply = await RolesApi.DecideAsync(
            http,
            grains,
            new OpenAccount
            {
                CommandId = body.CommandId,
                Person = new($"p-{id}"),
                UserName = $"device-{id[..12]}",
                Name = new((body.Name ?? "").Trim()),
                Kind = AccountKind.Device,
                Grants = [new(RolesApi.IdOf(body.CommandId, 0), Role.Display, scope, now, null, viewer.Person)],
                Basis = gives.Id,
            }
        );
        if (reply.Refusal is { } refusal)
            return Problems.Of(refusal);
        // A command id that was used for another kind of account makes no device.
        if (reply.Account!.Kind != AccountKind.Device)
            return Problems.Of(AccountCodes.CommandUsed, place: "$.commandId");
        return TypedResults.Created($"/api/people/{reply.Account.Person}", await IssueAsync(reply.Account.Person, body.Page, http, grains));
    }

    /// <summary>Returns a new link for a known device, for example after its browser has lost its data.</summary>
    private static async Task<Results<Created<DeviceLink>, ProblemHttpResult>> RenewAsync(
        PersonId person,
        DevicePage body,
        HttpContext http,
        IGrainFactory grains
    )
    {
        if (!IsPage(body.Page))
            return BadPage();
        if (http.RequestServices.GetRequiredService<AccessBook>().Find(person) is not { Kind: AccountKind.Device } account)
            return Problems.Of(AccountCodes.Unknown, place: "person");
        if (Access.GrantToChange(Viewer.Of(http), account) is null)
            return Problems.Of(AccessCodes.Denied, place: "person");
        return TypedResults.Created((string?)null, await IssueAsync(person, body.Page, http, grains));
    }

    /// <summary>The devices that the viewer may change, by name.</summary>
    private static async Task<Ok<List<DeviceView>>> ListAsync(HttpContext http, IGrainFactory grains)
    {
        var viewer = Viewer.Of(http);
        var devices = http
            .RequestServices.GetRequiredService<AccessBook>()
            .Accounts.Where(a => a.Kind == AccountKind.Device && Access.GrantToChange(viewer, a) is not null)
            .OrderBy(a => a.Name.En, StringComparer.OrdinalIgnoreCase)
            .ThenBy(a => a.Person.Value, StringComparer.Ordinal)
            .Take(MostListed);
        return TypedResults.Ok((await Task.WhenAll(devices.Select(ViewAsync))).ToList());

        async Task<DeviceView> ViewAsync(Account device)
        {
            var grain = grains.GetGrain<IAccountGrain>(device.Person.Value);
            var (signIns, link) = (await grain.SignInsAsync(), await grain.ReadLinkAsync());
            var last = signIns.MaxBy(s => s.SeenAt);
            return new(
                device.Person,
                device.Name,
                device.UserName,
                device.Grants,
                device.Deactivated,
                last?.Until,
                last?.SeenAt,
                last?.Address,
                link?.Until
            );
        }
    }

    /// <summary>Signs the browser in as the device. The link can then not be used again.</summary>
    private static async Task<Results<Ok<DevicePage>, ProblemHttpResult>> UseAsync(LinksApi.LinkToken body, HttpContext http) =>
        await LinksApi.HolderAsync(body.Token, http) is var (account, hash)
        && account.Kind == AccountKind.Device
        && await http.RequestServices.GetRequiredService<SignIns>().EnterAsync(http, account, hash, LinkKind.Device) is { } link
            ? TypedResults.Ok(new DevicePage(link.Page!))
            : Problems.Of(AccountCodes.LinkUnknown, place: "$.token");

    private static async Task<DeviceLink> IssueAsync(PersonId person, string page, HttpContext http, IGrainFactory grains)
    {
        var until = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow() + AccountRules.DeviceLinkLasts;
        var link = await LinksApi.IssueAsync(
            person,
            "device",
            new("", until, Viewer.Of(http).Person, false, LinkKind.Device, page),
            http,
            grains
        );
        return new(person, link.Link, link.Until);
    }

    /// <summary>Whether a text is the path of a page of this hub. Otherwise a link could lead to another site.</summary>
    private static bool IsPage(string? page) =>
        page is { Length: > 0 and <= LongestPage }
        && page[0] == '/'
        && !page.StartsWith("//", StringComparison.Ordinal)
        && page.All(c => c is > ' ' and < '\u007f' and not ('\\' or '"' or '<' or '>'));

    private static ProblemHttpResult BadPage() =>
        Problems.Of(RequestCodes.BadJson, $"A page is a path of this hub, such as /board, of at most {LongestPage} characters.", "$.page");
}
