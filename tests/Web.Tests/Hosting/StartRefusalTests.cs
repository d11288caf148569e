using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using ConsultHub.Tests.Cluster;
using ConsultHub.Web;
using Microsoft.Extensions.Configuration;

namespace ConsultHub.Tests.Hosting;

public sealed class StartRefusalTests
{
    [Theory]
    [
        InlineData("urls", "http://0.0.0.0:0"),
        InlineData("urls", "http://*:0"),
        InlineData("urls", "http://[::]:0"),
        InlineData("urls", "http://hub.example:0")
    ]
    [InlineData("urls", "http://localhost:0;http://192.0.2.7:0"), InlineData("Kestrel:Endpoints:One:Url", "http://+:0")]
    public void The_hub_refuses_addresses_beyond_this_machine_while_the_demo_is_enabled_unless_a_setting_allows_them(
        string setting,
        string addresses
    )
    {
        var fault = FaultOf((setting, addresses));
        Assert.Contains("Hub__Demo__AnyAddress=true", fault, StringComparison.Ordinal);
        Assert.Contains("Hub__Demo__Enabled=false", fault, StringComparison.Ordinal);
        Assert.Null(FaultOf((setting, addresses), ("Hub:Demo:AnyAddress", "true")));
        Assert.Null(FaultOf((setting, addresses), ("Hub:Demo:Enabled", "false")));
    }

    [Theory]
    [
        InlineData("http://localhost:0"),
        InlineData("http://127.0.0.1:0;http://[::1]:0"),
        InlineData("http://127.0.0.9:0"),
        InlineData("http://unix:/run/hub.socket")
    ]
    public void Addresses_on_this_machine_need_no_setting(string addresses) => Assert.Null(FaultOf(("urls", addresses)));

    [Fact]
    public void The_message_names_a_word_that_is_not_an_address() =>
        Assert.Contains("\"nowhere\"", FaultOf(("urls", "nowhere")), StringComparison.Ordinal);

    [Fact]
    public async Task The_program_explains_its_refusal_without_a_stack_trace_and_creates_no_files()
    {
        var folder = Directory.CreateTempSubdirectory("hub-web-");
        using var node = new ClusterNode(
            "ConsultHub.Web.dll",
            new Dictionary<string, string>
            {
                ["ASPNETCORE_URLS"] = "http://0.0.0.0:0",
                ["Hub__DataPath"] = Path.Combine(folder.FullName, "data"),
                ["Hub__Demo__Enabled"] = "true",
                ["Hub__Demo__AnyAddress"] = "false",
            }
        );
        node.Start();
        Assert.Equal(1, await node.EndedAsync());
        Assert.Contains("Hub__Demo__AnyAddress=true", node.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", node.Said, StringComparison.Ordinal);
        Assert.Empty(folder.EnumerateFileSystemInfos());
        folder.Delete();
    }

    [Fact]
    public async Task A_port_that_another_program_uses_is_reported_without_a_stack_trace()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}";
        var folder = Directory.CreateTempSubdirectory("hub-web-");
        using var node = new ClusterNode(
            "ConsultHub.Web.dll",
            new Dictionary<string, string> { ["ASPNETCORE_URLS"] = address, ["Hub__DataPath"] = Path.Combine(folder.FullName, "data") }
        );
        node.Start();
        Assert.Equal(1, await node.EndedAsync());
        Assert.Contains($"Another program listens on {address}", node.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", node.Said, StringComparison.Ordinal);
        folder.Delete(recursive: true);
    }

    /// <summary>No container engine runs in the tests, so this test checks the settings that the compose file gives the node.</summary>
    [Fact]
    public void The_settings_of_the_web_node_in_the_compose_file_are_accepted()
    {
        var web = Regex
            .Match(
                File.ReadAllText(Path.Combine(Root(), "deploy", "compose.yaml")),
                @"^  web:.*?(?=^  \w)",
                RegexOptions.Multiline | RegexOptions.Singleline
            )
            .Value;
        var settings = Regex
            .Matches(web, @"^\s+(?<name>(ASPNETCORE|Hub)_\w+): ""?(?<value>[^""\n#]*?)""?( #.*)?$", RegexOptions.Multiline)
            .Select(m =>
                (
                    m.Groups["name"]
                        .Value.Replace("ASPNETCORE_", "", StringComparison.Ordinal)
                        .Replace("__", ":", StringComparison.Ordinal),
                    m.Groups["value"].Value
                )
            )
            .ToArray();
        Assert.Contains(("URLS", "http://*:8080"), settings);
        var fault = FaultOf(settings);
        // port 8080 may be taken on the test machine, but it is free in the container
        Assert.True(fault is null || fault.StartsWith("Another program", StringComparison.Ordinal), fault);
    }

    private static string? FaultOf(params (string Name, string Value)[] settings) =>
        ListeningAddresses.FaultOf(
            new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Name, (string?)s.Value))).Build()
        );

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Hub.sln")))
            folder = folder.Parent!;
        return folder.FullName;
    }
}
