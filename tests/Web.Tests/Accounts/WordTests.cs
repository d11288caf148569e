using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using ConsultHub.Accounts;
using ConsultHub.Tests.Fixtures;
using ConsultHub.Web;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ConsultHub.Tests.Accounts;

/// <summary>
/// The client has a text in each language for each name that the hub sends: of actions, of changes of accounts, and of what the trace
/// tells.
/// </summary>
[Collection(nameof(TwoNetworks))]
public sealed partial class WordTests(TwoNetworks networks)
{
    private static readonly string[] Languages = ["en", "ar", "ko"];

    [Fact]
    public void Every_action_has_a_text_in_each_language()
    {
        var actions = Actions().ToList();
        Assert.Contains("roster.plan", actions);
        Assert.Empty(MissingFrom("actions", actions));
    }

    [Fact]
    public void No_text_names_an_action_that_does_not_exist()
    {
        var known = Actions().Select(a => $"actions.{a}").ToHashSet();
        Assert.All(Languages, l => Assert.Empty(KeysOf(l).Where(k => k.StartsWith("actions.", StringComparison.Ordinal)).Except(known)));
    }

    [Fact]
    public void Every_area_of_actions_has_a_title_in_each_language() =>
        Assert.Empty(MissingFrom("areas", Actions().Select(a => a.Split('.')[0])));

    [Fact]
    public void Every_change_of_an_account_has_a_sentence_for_its_history_and_a_text_for_the_trace()
    {
        var changes = Changes().ToList();
        foreach (var known in (string[])["give-role", "change-period", "make-token", "withdraw-token", "recover", "map-roles", "set-up"])
            Assert.Contains(known, changes);
        Assert.Empty(MissingFrom("accountChanges", changes));
        Assert.Empty(MissingFrom("auditActions", changes.Except(["end-sign-ins", "first-sign-in"])));
    }

    [Fact]
    public void Everything_that_endpoints_trace_and_refuse_has_a_text()
    {
        var endpoints = networks.Hub.Services.GetRequiredService<EndpointDataSource>().Endpoints;
        var marks = endpoints.SelectMany(e => e.Metadata.GetOrderedMetadata<TraceMark>()).Select(m => m.What);
        var rules = endpoints
            .Select(e => e.Metadata.GetMetadata<AccessRule>())
            .OfType<AccessRule>()
            .Where(r => r.Action is null)
            .Select(r => r.Name);
        var names = marks.Concat(rules).Distinct().ToList();
        Assert.Contains("people.read", names);
        Assert.Contains("signed-in", names);
        Assert.Empty(MissingFrom("auditActions", names));
    }

    private static IEnumerable<string> Actions() =>
        typeof(AccessAction)
            .Assembly.GetTypes()
            .SelectMany(t => t.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static))
            .Where(f => f.FieldType == typeof(AccessAction))
            .Select(f => ((AccessAction)f.GetValue(null)!).Name)
            .Distinct();

    /// <summary>
    /// The names that the code gives to changes. They are the texts inside <c>new AccountSet(…)</c>, and those of <c>What</c>.
    /// </summary>
    private static IEnumerable<string> Changes() =>
        from file in Directory.EnumerateFiles(Path.Combine(Root(), "src/Grains/Accounts"), "*.cs")
        let text = File.ReadAllText(file)
        let made = AccountSetCall()
            .Matches(text)
            .Select(m => Call(text, m.Index + m.Length))
            .Concat(WhatMember().Matches(text).Select(m => m.Value))
        from call in made
        from Match name in Literal().Matches(call)
        select name.Groups[1].Value;

    /// <summary>The arguments of a call, from after its opening parenthesis to its closing one.</summary>
    private static string Call(string text, int from)
    {
        var (depth, to) = (1, from);
        for (; depth > 0; to++)
            depth += text[to] switch
            {
                '(' => 1,
                ')' => -1,
                _ => 0,
            };
        return text[from..to];
    }

    private static IEnumerable<string> MissingFrom(string group, IEnumerable<string> names) =>
        from language in Languages
        let keys = KeysOf(language)
        from name in names.Distinct()
        where !keys.Contains($"{group}.{name}")
        select $"{language}: {group}.{name}";

    private static HashSet<string> KeysOf(string language) =>
        [
            .. Directory
                .EnumerateFiles(Path.Combine(Root(), "src/Web/client/src/i18n", language), "*.json")
                .SelectMany(file => JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(file))!)
                .Where(text => !string.IsNullOrWhiteSpace(text.Value))
                .Select(text => text.Key),
        ];

    internal static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Hub.sln")))
            folder = folder.Parent;
        return folder.FullName;
    }

    [GeneratedRegex(@"new AccountSet\(")]
    private static partial Regex AccountSetCall();

    [GeneratedRegex("What = \"[^\"]+\"")]
    private static partial Regex WhatMember();

    [GeneratedRegex("\"([a-z-]+)\"")]
    private static partial Regex Literal();
}
