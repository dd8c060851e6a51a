using System.Collections.Immutable;

namespace MPilot.Jobs.Domain.Webhooks;

/// <summary>When a delivery is tried again. Pure.</summary>
public static class DeliveryRules
{
    /// <summary>The waits between tries, as Standard Webhooks proposes: eight tries over a day and a bit.</summary>
    public static readonly ImmutableArray<TimeSpan> StandardSchedule =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5), TimeSpan.FromHours(10),
        TimeSpan.FromHours(10),
    ];

    /// <summary>How much longer than the schedule says a wait may become by chance: a tenth.</summary>
    public const double Jitter = 0.1;

    /// <summary>What becomes of a delivery.</summary>
    /// <param name="tries">How often it was tried since it was made, or delivered again by hand; this try included.</param>
    /// <param name="ended">The try.</param>
    /// <param name="schedule">The waits between tries.</param>
    /// <param name="jitter">Uniform in [0, 1).</param>
    public static DeliveryMove After(int tries, DeliveryTry ended, ImmutableArray<TimeSpan> schedule, double jitter) => ended.Outcome switch
    {
        DeliveryOutcome.Accepted => new(DeliveryStatus.Delivered),
        DeliveryOutcome.Gone => new(DeliveryStatus.Discarded, DisablesEndpoint: true),
        DeliveryOutcome.EndpointDisabled or DeliveryOutcome.EndpointDeleted or DeliveryOutcome.SecretGone or DeliveryOutcome.SubjectGone
            => new(DeliveryStatus.Discarded),
        _ => Wait(tries, ended.RetryAfter, schedule, jitter) is { } wait ? new(DeliveryStatus.Pending, ended.EndedAt + wait) : new(DeliveryStatus.Exhausted),
    };

    /// <summary>How long to wait before the next try, or <c>null</c> where the schedule has none.</summary>
    /// <param name="tries">How often it was tried.</param>
    /// <param name="asked">How long the receiver asks to be left alone.</param>
    /// <param name="schedule">The waits between tries.</param>
    /// <param name="jitter">Uniform in [0, 1).</param>
    public static TimeSpan? Wait(int tries, TimeSpan? asked, ImmutableArray<TimeSpan> schedule, double jitter)
        => tries > schedule.Length ? null : Later(schedule[tries - 1] * (1 + (Jitter * jitter)), asked);

    private static TimeSpan Later(TimeSpan wait, TimeSpan? asked) => asked > wait ? asked.Value : wait;
}
