// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/support/background.h"

namespace Banister {

struct Background::Job
{
    explicit Job(int job)
        : number(job)
    {}

    int number;
    CancelFlag cancel;
    std::jthread thread;
};

class Background::JobMonitor : public Monitor
{
public:
    JobMonitor(Mailbox<Letter> &mailbox, const Job &job)
        : m_mailbox(mailbox)
        , m_job(job)
    {}

    void report(const Progress &progress) override { m_mailbox.post({m_job.number, progress, {}}); }
    void log(const QString &) override {}
    bool isCancelRequested() const override { return m_job.cancel.isRequested(); }

private:
    Mailbox<Letter> &m_mailbox;
    const Job &m_job;
};

Background::Background()
    : m_mailbox([this](const Letter &letter) { deliver(letter); },
                [](std::deque<Letter> &waiting, Letter &&letter) {
                    // Only the newest report is of interest: a flood stays one letter.
                    if (!waiting.empty() && waiting.back().job == letter.job
                        && !waiting.back().delivery)
                        waiting.back() = std::move(letter);
                    else
                        waiting.push_back(std::move(letter));
                })
{}

Background::~Background()
{
    cancel();
}

void Background::cancel()
{
    for (auto &job : m_jobs)
        job.cancel.request();
    ++m_job;
    m_isRunning = false;
}

void Background::launch(Task task, Progressed progressed)
{
    cancel();
    m_progressed = std::move(progressed);
    m_isRunning = true;
    auto &job = m_jobs.emplace_back(m_job);
    job.thread = std::jthread([this, &job, task = std::move(task)] {
        JobMonitor monitor(m_mailbox, job);
        auto delivery = task(monitor);
        m_mailbox.post({job.number, {}, std::move(delivery)});
    });
}

void Background::deliver(const Letter &letter)
{
    if (!letter.delivery) {
        if (letter.job == m_job && m_progressed)
            m_progressed(letter.progress);
        return;
    }
    // Its thread has posted this as its last deed: joining it does not wait.
    m_jobs.remove_if([&letter](const Job &job) { return job.number == letter.job; });
    if (letter.job != m_job)
        return;
    m_isRunning = false;
    letter.delivery();
}

} // namespace Banister
