namespace ConsultHub.Tests.Fixtures;

/// <summary>
/// The Chromium or Chrome of this machine, as packaged by Debian or Google. The headless shell is preferred, because it draws no
/// hidden windows.
/// </summary>
internal static class Chromium
{
    private static readonly string[] Names = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"];

    public static readonly string[] Flags =
    [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ];

    /// <summary>Chromium's built-in test camera and microphone. Chromium then asks nobody for permission.</summary>
    public static readonly string[] Devices = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"];

    /// <summary>Null if no Chromium is on the path.</summary>
    public static string? Path { get; } =
        Environment
            .GetEnvironmentVariable("PATH")!
            .Split(System.IO.Path.PathSeparator)
            .SelectMany(folder => Names.Select(name => System.IO.Path.Combine(folder, name)))
            .Where(File.Exists)
            .MinBy(path => Array.IndexOf(Names, System.IO.Path.GetFileName(path)));
}
