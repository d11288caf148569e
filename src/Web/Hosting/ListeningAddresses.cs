using System.Net;
using System.Net.Sockets;
using ConsultHub.Silo.Demo;
using Microsoft.AspNetCore.Http;

namespace ConsultHub.Web.Hosting;

/// <summary>Checks the addresses that the configuration tells this program to listen on, before anything starts.</summary>
internal static class ListeningAddresses
{
    /// <returns>Why the program must not or cannot start, and which setting to change. Null if these checks find no reason.</returns>
    public static string? FaultOf(IConfiguration configuration)
    {
        foreach (var text in In(configuration))
        {
            BindingAddress address;
            try
            {
                address = BindingAddress.Parse(text);
            }
            catch (FormatException)
            {
                return $"ASPNETCORE_URLS contains \"{text}\", which is not an address such as http://localhost:5080.";
            }
            if (OfDemo(configuration, text, address) is { } open)
                return open;
            if (!IsFree(address))
                return $"Another program listens on {text}. End it, or set another address in ASPNETCORE_URLS.";
        }
        return null;
    }

    private static IEnumerable<string> In(IConfiguration configuration)
    {
        // If the section Kestrel:Endpoints has addresses, the web server ignores the setting urls.
        var named = configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(e => e["Url"]).OfType<string>().ToList();
        return named.Count > 0
            ? named
            : (configuration["urls"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    private static string? OfDemo(IConfiguration configuration, string text, BindingAddress address)
    {
        var demo = configuration.GetSection("Hub:Demo").Get<DemoOptions>() ?? new();
        return !demo.Enabled || demo.AnyAddress || address.IsUnixPipe || IsLoopback(address)
            ? null
            : $"The demo would be open to other machines at {text}, and anybody there could act as its people. "
                + "Set Hub__Demo__Enabled=false to start without it, or Hub__Demo__AnyAddress=true to allow this.";
    }

    private static bool IsLoopback(BindingAddress address) =>
        address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(address.Host, out var ip) && IPAddress.IsLoopback(ip));

    private static bool IsFree(BindingAddress address)
    {
        if (address.IsUnixPipe || address.IsNamedPipe || address.Port == 0)
            return true;
        var at =
            IPAddress.TryParse(address.Host, out var ip) ? ip
            : IsLoopback(address) ? IPAddress.Loopback
            : IPAddress.Any;
        try
        {
            using var probe = new TcpListener(at, address.Port);
            probe.Start();
            return true;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode != SocketError.AddressAlreadyInUse; // the server itself reports any other error
        }
    }
}
