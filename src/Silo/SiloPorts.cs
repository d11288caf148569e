using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace ConsultHub.Silo;

/// <summary>The address and ports that this process uses: the configured ports, or free ones that are chosen once.</summary>
internal sealed class SiloPorts
{
    public SiloPorts(IOptions<HubOptions> options)
    {
        Address = IPAddress.Parse(options.Value.Silo.Address);
        // Both listeners stay open during the search, so that the two ports differ.
        using TcpListener silo = new(IPAddress.Loopback, 0),
            gateway = new(IPAddress.Loopback, 0);
        Silo = Choose(options.Value.Silo.SiloPort, silo);
        Gateway = Choose(options.Value.Silo.GatewayPort, gateway);
    }

    public IPAddress Address { get; }

    public int Silo { get; }

    public int Gateway { get; }

    private static int Choose(int configured, TcpListener probe)
    {
        if (configured != 0)
            return configured;
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
