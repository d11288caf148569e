using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ConsultHub.Silo.Demo;

public static class DemoHosting
{
    /// <summary>Adds the demo network where <c>Hub:Demo:Enabled</c> says so; off, only the options are there to be asked.</summary>
    public static IHostApplicationBuilder AddDemo(this IHostApplicationBuilder builder)
    {
        var section = builder.Configuration.GetSection("Hub:Demo");
        builder.Services.AddOptions<DemoOptions>().Bind(section);
        if (!(section.Get<DemoOptions>() ?? new()).Enabled)
            return builder;
        builder.Services.AddSingleton<DemoSeeder>().AddHostedService(s => s.GetRequiredService<DemoSeeder>());
        builder.Services.AddSingleton<DemoDay>().AddHostedService(s => s.GetRequiredService<DemoDay>());
        return builder;
    }
}
