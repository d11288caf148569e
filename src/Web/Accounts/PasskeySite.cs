using System.Globalization;
using ConsultHub.Silo;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace ConsultHub.Web.Accounts;

/// <summary>
/// The site to which passkeys belong. Browsers bind a passkey to a domain, and never use it elsewhere. The site is that of
/// <c>Hub:PublicUrl</c>, never the host of a request. Without this setting it is <c>localhost</c>, so that the hub can be tried on its own
/// machine.
/// </summary>
internal sealed class PasskeySite(IOptions<HubOptions> hub, IServer server)
{
    private const string ThisMachine = "localhost";

    /// <summary>The relying party's id. Null if the public address is an IP address, for which browsers have no passkeys.</summary>
    public string? Domain =>
        hub.Value.PublicUrl is not { } told ? ThisMachine
        : told.HostNameType == UriHostNameType.Dns ? told.IdnHost
        : null;

    /// <summary>Whether a page at this origin may use passkeys. Browsers always write an origin in the same way.</summary>
    public bool Allows(string origin) => Origins.Contains(origin, StringComparer.Ordinal);

    private IEnumerable<string> Origins
    {
        get
        {
            if (hub.Value.PublicUrl is { } told)
                return [OriginOf(told.Scheme, told.IdnHost, told.IsDefaultPort ? null : told.Port)];
            var listening = server.Features.Get<IServerAddressesFeature>()?.Addresses is { Count: > 0 } known
                ? known
                : ["http://localhost:5080"];
            return listening
                .Select(BindingAddress.Parse)
                .Where(a => !a.IsUnixPipe && !a.IsNamedPipe)
                .Select(a => OriginOf(a.Scheme, ThisMachine, a.Port == (a.Scheme == "https" ? 443 : 80) ? null : a.Port));
        }
    }

    private static string OriginOf(string scheme, string host, int? port) =>
        string.Create(CultureInfo.InvariantCulture, $"{scheme}://{host}{(port is null ? "" : $":{port}")}");
}
